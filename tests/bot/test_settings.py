"""Settings come from the environment and `.env`; a bad one is named in one line."""

from pathlib import Path

import pytest

from bot.settings import InvalidSetting, read_settings


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("HUIQI_HOST", "HUIQI_PORT", "HUIQI_DATA_DIR", "DATABASE_URL", "OPENAI_API_KEY", "OPENAI_MODEL"):
        monkeypatch.delenv(name, raising=False)


def test_nothing_is_needed() -> None:
    settings = read_settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.database_url == "sqlite+aiosqlite:///var/huiqi.db"
    assert (settings.openai_api_key, settings.corpus, settings.openai_model) == (None, None, None)


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("HUIQI_PORT=9000\nHUIQI_HOST=0.0.0.0\nSOMEBODY_ELSES=x\nOPENAI_MODEL=\n")
    monkeypatch.setenv("HUIQI_PORT", "9001")
    settings = read_settings()
    assert (settings.host, settings.port, settings.openai_model) == ("0.0.0.0", 9001, None)


@pytest.mark.parametrize(
    ("given", "opened"),
    [
        ("sqlite:///data/a.db", "sqlite+aiosqlite:///data/a.db"),
        ("postgresql://u:p@host/db", "postgresql+asyncpg://u:p@host/db"),
        ("postgres://host/db", "postgresql+asyncpg://host/db"),
    ],
)
def test_a_database_url_gets_its_driver(monkeypatch: pytest.MonkeyPatch, given: str, opened: str) -> None:
    monkeypatch.setenv("DATABASE_URL", given)
    assert read_settings().database_url == opened


def test_hosts_to_fetch_from_are_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().ingest_hosts == ()
    monkeypatch.setenv("HUIQI_INGEST_HOSTS", "WWW.Nanjing.gov.cn, .jiangsu.gov.cn,")
    assert read_settings().ingest_hosts == ("www.nanjing.gov.cn", ".jiangsu.gov.cn")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HUIQI_PORT", "abc"),
        ("HUIQI_PORT", "70000"),
        ("HUIQI_HOST", "not a host"),
        ("HUIQI_RATE_PER_ADDRESS", "-1"),
        ("HUIQI_RATE_PER_CONVERSATION", "many"),
        ("HUIQI_CORPUS", "nowhere"),
        ("HUIQI_RETENTION_DAYS", "-1"),
        ("HUIQI_AUDIT_DAYS", "179"),
        ("HUIQI_AUDIT_DAYS", "0"),
        ("HUIQI_EXPORT_ALONE", "all"),
        ("HUIQI_INGEST_HOSTS", "www.nanjing.gov.cn,127.0.0.1"),
        ("HUIQI_INGEST_HOSTS", "https://www.nanjing.gov.cn/"),
        ("DATABASE_URL", "mysql://root:geheim@host/db"),
        ("CHROMA_URL", "localhost"),
        ("OPENAI_BASE_URL", "api.example.com"),
        ("HUIQI_API_KEYS", "geheim"),
        ("HUIQI_API_KEYS", "geheim-geheim-geheim,geheim"),
        ("HUIQI_API_KEYS", "geheim-geheim geheim-geheim"),
        ("HUIQI_API_KEYS", "geheim-geheim-geheim-ü"),
        ("HUIQI_API_KEYS", ","),
    ],
)
def test_a_bad_value_is_one_line_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InvalidSetting) as refused:
        read_settings()
    line = str(refused.value)
    assert line.startswith(f"{name}：") and "\n" not in line
    assert "geheim" not in line


WECHAT = {"WECHAT_APP_ID": "wx1", "WECHAT_APP_SECRET": "geheim", "WECHAT_TOKEN": "geheim"}
WECOM = {
    "WECOM_CORP_ID": "ww1",
    "WECOM_AGENT_ID": "1000002",
    "WECOM_SECRET": "geheim",
    "WECOM_TOKEN": "geheim",
    "WECOM_ENCODING_AES_KEY": "a" * 43,
}
TELEGRAM = {"TELEGRAM_BOT_TOKEN": "1:geheim", "TELEGRAM_WEBHOOK_SECRET": "geheim", "HUIQI_PUBLIC_URL": "https://a.cn"}


@pytest.mark.parametrize("platform", [WECHAT, WECOM, TELEGRAM], ids=["wechat", "wecom", "telegram"])
def test_a_platform_that_is_set_whole_is_taken(monkeypatch: pytest.MonkeyPatch, platform: dict[str, str]) -> None:
    for name, value in platform.items():
        monkeypatch.setenv(name, value)
    read_settings()


HALVES = [(platform, name) for platform in (WECHAT, WECOM) for name in platform]
HALVES += [(TELEGRAM, "TELEGRAM_BOT_TOKEN")]


@pytest.mark.parametrize("given", [None, "", " "], ids=["missing", "empty", "blank"])
@pytest.mark.parametrize(("platform", "lacking"), HALVES, ids=[name for _, name in HALVES])
def test_a_platform_that_is_set_half_is_refused_by_the_name_of_what_is_lacking(
    monkeypatch: pytest.MonkeyPatch, platform: dict[str, str], lacking: str, given: str | None
) -> None:
    for name, value in platform.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv(lacking)
    if given is not None:
        monkeypatch.setenv(lacking, given)
    with pytest.raises(InvalidSetting) as refused:
        read_settings()
    line = str(refused.value)
    assert line.startswith(f"{lacking}：") and "\n" not in line and "geheim" not in line


@pytest.mark.parametrize("given", ["", " ", "kurz und falsch"])
def test_a_webhook_is_never_open_for_want_of_a_secret(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    """With an empty secret updates are asked for, and there is no door; with a wrong one nothing starts."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:geheim")
    monkeypatch.setenv("TELEGRAM_WEBHOOK_SECRET", given)
    if given:
        with pytest.raises(InvalidSetting, match=r"^TELEGRAM_WEBHOOK_SECRET："):
            read_settings()
    else:
        assert read_settings().telegram_webhook_secret is None


def test_an_empty_secret_where_there_may_be_a_webhook_is_refused_and_a_missing_one_is_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:geheim")
    monkeypatch.setenv("HUIQI_PUBLIC_URL", "https://huiqi.example")
    assert read_settings().telegram_webhook_secret is None
    (tmp_path / ".env").write_text("TELEGRAM_WEBHOOK_SECRET=\n", encoding="utf-8")
    with pytest.raises(InvalidSetting, match=r"^TELEGRAM_WEBHOOK_SECRET：") as refused:
        read_settings()
    assert "\n" not in str(refused.value)
    monkeypatch.setenv("TELEGRAM_WEBHOOK_SECRET", "s3cret")
    assert read_settings().telegram_webhook_secret is not None
    monkeypatch.setenv("TELEGRAM_WEBHOOK_SECRET", "")
    with pytest.raises(InvalidSetting):
        read_settings()


@pytest.mark.parametrize(
    ("given", "keys"),
    [
        ("", ()),
        ("one-key-0123456789", ("one-key-0123456789",)),
        ("one-key-0123456789, other=key/0123456789 ,", ("one-key-0123456789", "other=key/0123456789")),
    ],
)
def test_keys_for_other_programs_stand_beside_each_other(
    monkeypatch: pytest.MonkeyPatch, given: str, keys: tuple[str, ...]
) -> None:
    monkeypatch.setenv("HUIQI_API_KEYS", given)
    assert read_settings().api_keys == keys


def test_keys_and_passwords_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-geheim")
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:geheim@host/db")
    monkeypatch.setenv("HUIQI_API_KEYS", "geheim-geheim-geheim")
    assert "geheim" not in repr(read_settings())
