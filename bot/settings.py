"""Everything about the service that is set from outside: its only reader of the environment and of `.env`."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, StringConstraints, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

_EXPECTED = {
    "HUIQI_HOST": "一个主机名或 IP 地址 (a host name or IP address)",
    "HUIQI_PORT": "0 到 65535 的整数 (an integer from 0 to 65535)",
    "HUIQI_DATA_DIR": "一个目录 (a directory)",
    "HUIQI_CORPUS": "语料目录，其中每份文件一个子目录 (an existing corpus folder)",
    "HUIQI_RATE_PER_CONVERSATION": "每分钟条数，0 为不限 (messages a minute, 0 for no limit)",
    "HUIQI_RATE_PER_ADDRESS": "每分钟条数，0 为不限 (messages a minute, 0 for no limit)",
    "DATABASE_URL": "sqlite:///… 或 postgresql://… (a SQLite or PostgreSQL URL)",
    "CHROMA_URL": "http(s)://主机:端口 (an http URL)",
    "OPENAI_BASE_URL": "http(s)://… (an http URL)",
}
_SECRET = {"OPENAI_API_KEY", "DATABASE_URL"}

_HttpUrl = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\S*$")]
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
    database: _DatabaseUrl | None = Field(default=None, alias="DATABASE_URL", repr=False)
    chroma_url: _HttpUrl | None = Field(default=None, alias="CHROMA_URL")
    openai_api_key: SecretStr | None = Field(default=None, alias="OPENAI_API_KEY")
    openai_base_url: _HttpUrl | None = Field(default=None, alias="OPENAI_BASE_URL")
    openai_model: str | None = Field(default=None, alias="OPENAI_MODEL")
    openai_embedding_model: str | None = Field(default=None, alias="OPENAI_EMBEDDING_MODEL")

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
    return settings


def _complaint(variable: str, given: object) -> str:
    shown = "" if variable in _SECRET else f"，现在是 {str(given)[:80]!r}"
    return f"{variable}：应为{_EXPECTED.get(variable, '一段文字 (text)')}{shown}"
