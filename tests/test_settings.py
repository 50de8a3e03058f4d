"""Settings come from the environment, and a mistake in it is named."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import Settings


def test_an_empty_environment_gives_the_defaults():
    """Nothing needs to be set: the bundled encoder, this machine's own address, a folder of the user's."""
    settings = Settings.from_env({})
    assert settings == Settings()
    assert settings.embedding_model is None
    assert (settings.host, settings.port) == ("127.0.0.1", 7860)
    assert settings.data_folder.is_absolute()
    assert settings.data_folder.name == "alliance-assistant"


@pytest.mark.parametrize(
    ("variable", "text", "name", "value"),
    [
        pytest.param("ASSISTANT_EMBEDDING_MODEL", "intfloat/e5", "embedding_model", "intfloat/e5", id="model"),
        pytest.param("ASSISTANT_DATA_FOLDER", "/data/索引", "data_folder", Path("/data/索引"), id="folder"),
        pytest.param("ASSISTANT_DATA_FOLDER", "~/x", "data_folder", Path.home() / "x", id="folder-at-home"),
        pytest.param("ASSISTANT_CHAT_MODEL", "ollama:qwen3:8b", "chat_model", "ollama:qwen3:8b", id="chat-model"),
        pytest.param("ASSISTANT_CHAT_PASSAGES", "all", "chat_passages", "all", id="all-passages"),
        pytest.param("ASSISTANT_CHAT_TIMEOUT", "7.5", "chat_timeout", 7.5, id="chat-timeout"),
        pytest.param("ASSISTANT_CHAT_MAX_TOKENS", "800", "chat_max_tokens", 800, id="chat-tokens"),
        pytest.param("GRADIO_SERVER_NAME", "0.0.0.0", "host", "0.0.0.0", id="host"),  # noqa: S104
        pytest.param("GRADIO_SERVER_PORT", "8000", "port", 8000, id="port"),
        pytest.param("GRADIO_SERVER_PORT", "1", "port", 1, id="lowest-port"),
        pytest.param("GRADIO_SERVER_PORT", "65535", "port", 65535, id="highest-port"),
    ],
)
def test_a_variable_sets_its_setting_alone(variable, text, name, value):
    """Each variable is read into one setting; the others keep their defaults."""
    settings = Settings.from_env({variable: text, "PATH": "/bin", "GRADIO_ANALYTICS_ENABLED": "False"})
    assert getattr(settings, name) == value
    others = {each.name for each in fields(Settings)} - {name}
    assert {other: getattr(settings, other) for other in others} == {
        other: getattr(Settings(), other) for other in others
    }


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        pytest.param(
            {"ASSISTANT_EMBEDING_MODEL": "x"},
            "unknown setting ASSISTANT_EMBEDING_MODEL; did you mean ASSISTANT_EMBEDDING_MODEL",
            id="misspelt",
        ),
        pytest.param(
            {"ASSISTANT_JQZJQZJQZJQZJQZ": "1"},
            "known are ASSISTANT_EMBEDDING_MODEL, ASSISTANT_DATA_FOLDER",
            id="unlike-any",
        ),
        pytest.param({"ASSISTANT_DATA_FOLDER": ""}, "ASSISTANT_DATA_FOLDER is empty", id="empty"),
        pytest.param({"GRADIO_SERVER_NAME": ""}, "GRADIO_SERVER_NAME is empty", id="empty-host"),
        pytest.param({"GRADIO_SERVER_PORT": "http"}, "'http'; expected a port number from 1 to 65535", id="port-word"),
        pytest.param({"GRADIO_SERVER_PORT": "0"}, "'0'; expected a port number", id="port-zero"),
        pytest.param({"GRADIO_SERVER_PORT": "65536"}, "'65536'; expected a port number", id="port-too-high"),
        pytest.param({"GRADIO_SERVER_PORT": "-1"}, "'-1'; expected a port number", id="port-negative"),
        pytest.param({"GRADIO_SERVER_PORT": "²"}, "'²'; expected a port number", id="port-superscript"),
        pytest.param({"ASSISTANT_CHAT_MODEL": "gpt"}, "'gpt'; expected provider:model", id="chat-model"),
        pytest.param({"ASSISTANT_CHAT_PASSAGES": "some"}, "'some'; expected found or all", id="chat-passages"),
        pytest.param({"ASSISTANT_CHAT_TIMEOUT": "0"}, "'0'; expected a number of seconds", id="chat-timeout-zero"),
        pytest.param({"ASSISTANT_CHAT_TIMEOUT": "1m"}, "'1m'; expected a number of seconds", id="chat-timeout-word"),
        pytest.param({"ASSISTANT_CHAT_MAX_TOKENS": "-5"}, "'-5'; expected a number of tokens", id="chat-tokens"),
        pytest.param({"ASSISTANT_CHAT_BASE_URL": "http://x/v1"}, "without ASSISTANT_CHAT_MODEL", id="url-alone"),
        pytest.param(
            {"ASSISTANT_CHAT_BASE_URL": "localhost", "ASSISTANT_CHAT_MODEL": "openai:m"},
            "'localhost'; expected an address",
            id="url-without-scheme",
        ),
        pytest.param({"ASSISTANT_CHAT_MODLE": "a:b"}, "did you mean ASSISTANT_CHAT_MODEL", id="misspelt-chat-model"),
        pytest.param({"ASSISTANT_PORT": "8000"}, "GRADIO_SERVER_PORT", id="hint-for-the-port"),
        pytest.param({"ASSISTANT_HOST": "::"}, "GRADIO_SERVER_NAME", id="hint-for-the-host"),
    ],
)
def test_an_unusable_setting_is_named(environment, said):
    """The message says which variable, what was found and what is expected."""
    with pytest.raises(SettingsError) as raised:
        Settings.from_env(environment)
    assert said in str(raised.value)


def test_a_server_of_ones_own_goes_with_its_model():
    """The base URL and the model are set together."""
    given = {"ASSISTANT_CHAT_MODEL": "openai:m", "ASSISTANT_CHAT_BASE_URL": "http://localhost:8000/v1"}
    settings = Settings.from_env(given)
    assert (settings.chat_model, settings.chat_base_url) == ("openai:m", "http://localhost:8000/v1")
    assert (settings.chat_passages, settings.chat_timeout, settings.chat_max_tokens) == ("found", 60.0, 2000)


def test_all_mistakes_are_named_at_once():
    """Unknown and empty variables are reported together, one a line."""
    with pytest.raises(SettingsError) as raised:
        Settings.from_env({"ASSISTANT_MODEL": "x", "ASSISTANT_FOLDER": "y", "GRADIO_SERVER_NAME": ""})
    lines = str(raised.value).splitlines()
    assert [line.split(";")[0] for line in lines] == [
        "unknown setting ASSISTANT_FOLDER",
        "unknown setting ASSISTANT_MODEL",
        "GRADIO_SERVER_NAME is empty",
    ]


def test_settings_are_frozen():
    """Settings are passed on, never changed."""
    with pytest.raises(FrozenInstanceError):
        Settings().port = 1
