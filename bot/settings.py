"""Everything about the service that is set from outside: its only reader of the environment and of `.env`."""

import re
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, StringConstraints, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    NoDecode,
    SettingsConfigDict,
)

from bot.hours import ServiceHours, read_hours

_EXPECTED = {
    "HUIQI_HOST": "一个主机名或 IP 地址 (a host name or IP address)",
    "HUIQI_PORT": "0 到 65535 的整数 (an integer from 0 to 65535)",
    "HUIQI_DATA_DIR": "一个目录 (a directory)",
    "HUIQI_CORPUS": "语料目录，其中每份文件一个子目录 (an existing corpus folder)",
    "HUIQI_RATE_PER_CONVERSATION": "每分钟条数，0 为不限 (messages a minute, 0 for no limit)",
    "HUIQI_RATE_PER_ADDRESS": "每分钟条数，0 为不限 (messages a minute, 0 for no limit)",
    "HUIQI_API_KEYS": "用逗号隔开，每个 16 个以上的字母、数字或符号 (comma-separated, 16 or more characters each)",
    "HUIQI_INGEST_HOSTS": "可以取文件的网站，逗号分开；.gov.cn 代表其下所有网站 (host names, separated by commas)",
    "HUIQI_REVIEW_SAMPLED": "0 到 1 的数，没有异常的回答里抽查几成 (a share from 0 to 1)",
    "HUIQI_REVIEW_DOUBLED": "0 到 1 的数，复核过的里面请第二个人再看几成 (a share from 0 to 1)",
    "HUIQI_RETENTION_DAYS": "0 到 36500 的整数，对话多少天没人用就删除，0 为一直留着 (days, 0 to keep)",
    "HUIQI_AUDIT_DAYS": "180 到 36500 的整数，审计记录留多少天；法律要求至少六个月 (days, 180 or more)",
    "HUIQI_EXPORT_ALONE": "0 以上的整数，一个人一天不经别人批准最多导出几条 (rows a day, 0 for none)",
    "DATABASE_URL": "sqlite:///… 或 postgresql://… (a SQLite or PostgreSQL URL)",
    "CHROMA_URL": "http(s)://主机:端口 (an http URL)",
    "OPENAI_BASE_URL": "http(s)://… (an http URL)",
    "HUIQI_MODEL_SECONDS": "1 到 25 的秒数 (seconds, from 1 to 25)",
    "HUIQI_MODEL_SEES_WORDS": "true 或 false (whether the model may see what people write)",
    "HUIQI_MODEL_TOKENS_PER_PERSON": "每人每天的 token 数，0 为不限 (tokens a day and person, 0 for no limit)",
    "HUIQI_MODEL_TOKENS_PER_DAY": "每天的 token 数，0 为不限 (tokens a day, 0 for no limit)",
    "HUIQI_MODEL_YUAN_PER_DAY": "每天的元数，0 为不限 (yuan a day, 0 for no limit)",
    "HUIQI_MODEL_YUAN_IN_ALL": "总共的元数，0 为不限 (yuan in all, 0 for no limit)",
    "HUIQI_MODEL_PRICE_IN": "每百万输入 token 的元数 (yuan for a million tokens read)",
    "HUIQI_MODEL_PRICE_OUT": "每百万输出 token 的元数 (yuan for a million tokens written)",
    "HUIQI_PUBLIC_URL": "https://… (the address under which people reach the service)",
    "HUIQI_STAFF_IDLE_MINUTES": "1 到 1440 的整数，工作台多少分钟不用就要重新登录 (1 to 1440 minutes)",
    "HUIQI_STAFF_HOURS": "1 到 72 的整数，工作台登录一次最多用几小时 (1 to 72 hours)",
    "HUIQI_SERVICE_HOURS": "星期和时间，如 1-5 9:00-12:00 14:00-17:30; 6 9:00-12:00 (weekdays and times, Monday is 1)",
    "TELEGRAM_BOT_TOKEN": "数字:字母，BotFather 给的 (digits:letters, from BotFather)",
    "TELEGRAM_API_URL": "http(s)://… (an http URL)",
    "TELEGRAM_WEBHOOK_SECRET": "1 到 256 个字母、数字、下划线或减号 (1 to 256 of A-Z a-z 0-9 _ -)",
    "WECHAT_APP_ID": "公众号的 AppID (letters, digits or signs, no blanks)",
    "WECHAT_APP_SECRET": "公众号的 AppSecret (letters, digits or signs, no blanks)",
    "WECHAT_TOKEN": "1 到 64 个字母、数字或符号 (1 to 64 printable characters)",
    "WECHAT_ENCODING_AES_KEY": "43 个字符，平台后台给的 (43 characters, from the platform)",
    "WECHAT_API_URL": "http(s)://… (an http URL)",
    "WECOM_CORP_ID": "企业 ID (letters, digits or signs, no blanks)",
    "WECOM_SECRET": "应用的 Secret (letters, digits or signs, no blanks)",
    "WECOM_AGENT_ID": "一个整数 (an integer)",
    "WECOM_TOKEN": "1 到 64 个字母、数字或符号 (1 to 64 printable characters)",
    "WECOM_ENCODING_AES_KEY": "43 个字符，平台后台给的 (43 characters, from the platform)",
    "WECOM_API_URL": "http(s)://… (an http URL)",
}
_SECRET = {
    "HUIQI_API_KEYS",
    "OPENAI_API_KEY",
    "DATABASE_URL",
    "TELEGRAM_BOT_TOKEN",
    "TELEGRAM_WEBHOOK_SECRET",
    "WECHAT_APP_SECRET",
    "WECHAT_TOKEN",
    "WECHAT_ENCODING_AES_KEY",
    "WECOM_SECRET",
    "WECOM_TOKEN",
    "WECOM_ENCODING_AES_KEY",
}
# A platform is served when all of these are set; some of them alone are a mistake.
_NEEDED = (
    ("WECHAT_APP_ID", "WECHAT_APP_SECRET", "WECHAT_TOKEN"),
    ("WECOM_CORP_ID", "WECOM_AGENT_ID", "WECOM_SECRET", "WECOM_TOKEN", "WECOM_ENCODING_AES_KEY"),
)
# What is of no use without something else.
_NEEDS = {
    "HUIQI_MODEL_YUAN_PER_DAY": "HUIQI_MODEL_PRICE_OUT",
    "HUIQI_MODEL_YUAN_IN_ALL": "HUIQI_MODEL_PRICE_OUT",
    "TELEGRAM_WEBHOOK_SECRET": "TELEGRAM_BOT_TOKEN",
    "WECHAT_ENCODING_AES_KEY": "WECHAT_APP_ID",
}

_KEY = r"[!-+\--~]{16,}"  # printable, no comma

_HttpUrl = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\S*$")]
_Word = Annotated[str, StringConstraints(pattern=r"^[!-~]+$")]
# Names end in letters: no list of hosts lets a bare address through. One that begins with a dot is all names below it.
_HostName = Annotated[str, StringConstraints(pattern=r"^\.?([a-z0-9-]+\.)*[a-z][a-z0-9-]*$")]
_DatabaseUrl = Annotated[str, StringConstraints(pattern=r"^(sqlite(\+aiosqlite)?|postgres(ql)?(\+asyncpg)?)://\S*$")]


class InvalidSetting(ValueError):
    """A setting has a value that it cannot have; the message is one line and names the variable."""


class Settings(BaseSettings):
    """What the environment says. Every value has a default: nothing is needed for a first run."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        populate_by_name=True,
        hide_input_in_errors=True,
    )

    host: str = Field(default="127.0.0.1", alias="HUIQI_HOST", pattern=r"^[0-9A-Za-z.:_-]+$")
    port: int = Field(default=8000, alias="HUIQI_PORT", ge=0, le=65535)
    data_dir: Path = Field(default=Path("var"), alias="HUIQI_DATA_DIR")
    corpus: Path | None = Field(default=None, alias="HUIQI_CORPUS")
    rate_per_conversation: int = Field(default=60, alias="HUIQI_RATE_PER_CONVERSATION", ge=0)
    rate_per_address: int = Field(default=1200, alias="HUIQI_RATE_PER_ADDRESS", ge=0)
    keys: SecretStr | None = Field(default=None, alias="HUIQI_API_KEYS")
    ingest_hosts: Annotated[tuple[_HostName, ...], NoDecode] = Field(default=(), alias="HUIQI_INGEST_HOSTS")
    review_sampled: float = Field(default=0.05, alias="HUIQI_REVIEW_SAMPLED", ge=0, le=1)
    review_doubled: float = Field(default=0.10, alias="HUIQI_REVIEW_DOUBLED", ge=0, le=1)
    retention_days: int = Field(default=365, alias="HUIQI_RETENTION_DAYS", ge=0, le=36500)
    audit_days: int = Field(default=365, alias="HUIQI_AUDIT_DAYS", ge=180, le=36500)
    export_alone: int = Field(default=200, alias="HUIQI_EXPORT_ALONE", ge=0)
    database: _DatabaseUrl | None = Field(default=None, alias="DATABASE_URL", repr=False)
    chroma_url: _HttpUrl | None = Field(default=None, alias="CHROMA_URL")
    openai_api_key: SecretStr | None = Field(default=None, alias="OPENAI_API_KEY")
    openai_base_url: _HttpUrl | None = Field(default=None, alias="OPENAI_BASE_URL")
    openai_model: str | None = Field(default=None, alias="OPENAI_MODEL")
    openai_embedding_model: str | None = Field(default=None, alias="OPENAI_EMBEDDING_MODEL")
    model_seconds: float = Field(default=20, alias="HUIQI_MODEL_SECONDS", ge=1, le=25)
    model_sees_words: bool = Field(default=True, alias="HUIQI_MODEL_SEES_WORDS")
    model_tokens_per_person: int = Field(default=200_000, alias="HUIQI_MODEL_TOKENS_PER_PERSON", ge=0)
    model_tokens_per_day: int = Field(default=5_000_000, alias="HUIQI_MODEL_TOKENS_PER_DAY", ge=0)
    model_yuan_per_day: float = Field(default=0, alias="HUIQI_MODEL_YUAN_PER_DAY", ge=0)
    model_yuan_in_all: float = Field(default=0, alias="HUIQI_MODEL_YUAN_IN_ALL", ge=0)
    model_price_in: float = Field(default=0, alias="HUIQI_MODEL_PRICE_IN", ge=0)
    model_price_out: float = Field(default=0, alias="HUIQI_MODEL_PRICE_OUT", ge=0)
    public_url: _HttpUrl | None = Field(default=None, alias="HUIQI_PUBLIC_URL")
    staff_idle_minutes: int = Field(default=30, alias="HUIQI_STAFF_IDLE_MINUTES", ge=1, le=1440)
    staff_hours: int = Field(default=12, alias="HUIQI_STAFF_HOURS", ge=1, le=72)
    service_hours: Annotated[ServiceHours, NoDecode] = Field(default=ServiceHours(), alias="HUIQI_SERVICE_HOURS")
    telegram_bot_token: SecretStr | None = Field(default=None, alias="TELEGRAM_BOT_TOKEN")
    telegram_api_url: _HttpUrl | None = Field(default=None, alias="TELEGRAM_API_URL")
    telegram_webhook_secret: SecretStr | None = Field(default=None, alias="TELEGRAM_WEBHOOK_SECRET")
    wechat_app_id: _Word | None = Field(default=None, alias="WECHAT_APP_ID")
    wechat_app_secret: SecretStr | None = Field(default=None, alias="WECHAT_APP_SECRET")
    wechat_token: SecretStr | None = Field(default=None, alias="WECHAT_TOKEN")
    wechat_encoding_aes_key: SecretStr | None = Field(default=None, alias="WECHAT_ENCODING_AES_KEY")
    wechat_api_url: _HttpUrl = Field(default="https://api.weixin.qq.com", alias="WECHAT_API_URL")
    wecom_corp_id: _Word | None = Field(default=None, alias="WECOM_CORP_ID")
    wecom_agent_id: int | None = Field(default=None, alias="WECOM_AGENT_ID")
    wecom_secret: SecretStr | None = Field(default=None, alias="WECOM_SECRET")
    wecom_token: SecretStr | None = Field(default=None, alias="WECOM_TOKEN")
    wecom_encoding_aes_key: SecretStr | None = Field(default=None, alias="WECOM_ENCODING_AES_KEY")
    wecom_api_url: _HttpUrl = Field(default="https://qyapi.weixin.qq.com", alias="WECOM_API_URL")

    @field_validator("keys")
    @classmethod
    def _are_keys(cls, given: SecretStr | None) -> SecretStr | None:
        return _shaped(given, rf"\s*{_KEY}(?:\s*,\s*{_KEY})*\s*,?\s*")

    @field_validator("ingest_hosts", mode="before")
    @classmethod
    def _are_hosts(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        return tuple(host.strip().lower() for host in given.split(",") if host.strip())

    @field_validator("service_hours", mode="before")
    @classmethod
    def _are_hours(cls, given: object) -> object:
        return read_hours(given) if isinstance(given, str) else given

    @field_validator("telegram_bot_token")
    @classmethod
    def _is_bot_token(cls, given: SecretStr | None) -> SecretStr | None:
        return _shaped(given, r"[0-9]+:[0-9A-Za-z_-]+")

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _is_webhook_secret(cls, given: SecretStr | None) -> SecretStr | None:
        return _shaped(given, r"[0-9A-Za-z_-]{1,256}")

    @field_validator("wechat_app_secret", "wecom_secret")
    @classmethod
    def _is_secret(cls, given: SecretStr | None) -> SecretStr | None:
        return _shaped(given, r"[!-~]+")

    @field_validator("wechat_token", "wecom_token")
    @classmethod
    def _is_callback_token(cls, given: SecretStr | None) -> SecretStr | None:
        return _shaped(given, r"[!-~]{1,64}")

    @field_validator("wechat_encoding_aes_key", "wecom_encoding_aes_key")
    @classmethod
    def _is_aes_key(cls, given: SecretStr | None) -> SecretStr | None:
        return _shaped(given, r"[0-9A-Za-z+/]{43}")

    @property
    def api_keys(self) -> tuple[str, ...]:
        """The keys with which other programs may call; none: they may from this machine alone."""
        given = self.keys.get_secret_value() if self.keys else ""
        return tuple(key.strip() for key in given.split(",") if key.strip())

    @property
    def database_url(self) -> str:
        """The database's URL with the asynchronous driver named; SQLite in the data directory by default."""
        if self.database is None:
            return f"sqlite+aiosqlite:///{(self.data_dir / 'huiqi.db').as_posix()}"
        scheme, _, rest = self.database.partition("://")
        return f"{'sqlite+aiosqlite' if scheme.startswith('sqlite') else 'postgresql+asyncpg'}://{rest}"


def read_settings() -> Settings:
    """The settings of this process. Raises InvalidSetting, naming the variable."""
    try:
        settings = Settings()
    except ValidationError as error:
        problem = error.errors(include_input=True)[0]
        raise InvalidSetting(_complaint(str(problem["loc"][0]), problem["input"])) from None
    except (UnicodeDecodeError, OSError) as error:
        raise InvalidSetting(f".env：读不了，应是 UTF-8 文本 (cannot be read as UTF-8 text): {error}") from None
    if settings.corpus is not None and not settings.corpus.is_dir():
        raise InvalidSetting(_complaint("HUIQI_CORPUS", settings.corpus))
    _check_complete(settings)
    _check_secret(settings)
    return settings


def _check_complete(settings: Settings) -> None:
    """A platform that is set half is a mistake: it would silently not be served, or be open to forgery."""
    by_alias = {field.alias: getattr(settings, name) for name, field in Settings.model_fields.items()}
    for variable, other in _NEEDS.items():
        if by_alias[variable] and not by_alias[other]:
            raise InvalidSetting(_lacking(other, variable))
    for needed in _NEEDED:
        missing = [variable for variable in needed if by_alias[variable] is None]
        if missing and len(missing) < len(needed):
            given = "、".join(variable for variable in needed if variable not in missing)
            raise InvalidSetting(_lacking(missing[0], given))


def _check_secret(settings: Settings) -> None:
    """An empty secret beside an address for webhooks may be one that was forgotten: nobody guesses what was meant."""
    variable, sources = "TELEGRAM_WEBHOOK_SECRET", (EnvSettingsSource, DotEnvSettingsSource)
    found = (source(Settings, case_sensitive=True, env_ignore_empty=False).env_vars for source in sources)
    given = next((variables[variable] for variables in found if variable in variables), None)
    if settings.telegram_bot_token and settings.public_url and given == "":
        way_out = "用 webhook 就填上，用长轮询就删掉这一行 (fill it in for the webhook, remove it for polling)"
        raise InvalidSetting(f"{variable}：是空的。{way_out}")


def _lacking(variable: str, given: str) -> str:
    return f"{variable}：设了{given}，也要设它；不用这个渠道就都不设 (must be set as well)"


def _shaped(given: SecretStr | None, shape: str) -> SecretStr | None:
    if given is not None and not re.fullmatch(shape, given.get_secret_value()):
        raise ValueError("not of the expected shape")
    return given


def _complaint(variable: str, given: object) -> str:
    shown = "" if variable in _SECRET else f"，现在是 {str(given)[:80]!r}"
    return f"{variable}：应为{_EXPECTED.get(variable, '一段文字 (text)')}{shown}"
