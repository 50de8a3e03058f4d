"""Owns answers written by a chat model: asked with the passages whole, read sentence by sentence, each one checked."""

from assistant.generation.chat_maker import ChatMaker
from assistant.generation.chat_model import ChatModel, open_chat_model
from assistant.generation.judging import Judge
from assistant.generation.markers import MarkerReader

__all__ = ["ChatMaker", "ChatModel", "Judge", "MarkerReader", "open_chat_model"]
