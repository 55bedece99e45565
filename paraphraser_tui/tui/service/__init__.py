"""The engine in a thread of its own: requests go in, Textual messages come out."""

from .engine import Engine, Load
from .messages import (
    EngineFailed,
    EngineReady,
    RequestFailed,
    RunEnded,
    RunProgress,
    VariantsReady,
    WordsReady,
)
from .service import Service

__all__ = [
    "Engine",
    "EngineFailed",
    "EngineReady",
    "Load",
    "RequestFailed",
    "RunEnded",
    "RunProgress",
    "Service",
    "VariantsReady",
    "WordsReady",
]
