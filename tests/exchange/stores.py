"""A store in memory that keeps what the protocol wants kept, so that a test can look at it."""

from __future__ import annotations

from balsts.exchange.store import AlteredMessage, AskedQuestion, ReceivedMessage


class MemoryStore:
    """Questions and messages in the order in which they were kept."""

    def __init__(self) -> None:
        self.questions: list[AskedQuestion] = []
        self.messages: list[ReceivedMessage] = []

    async def keep_question(self, asked: AskedQuestion) -> None:
        self.questions.append(asked)

    async def keep_message(self, message: ReceivedMessage) -> bool:
        if message.message_id is not None:
            for kept in self.messages:
                if (kept.register_code, kept.message_id) == (message.register_code, message.message_id):
                    if kept.sha256 != message.sha256:
                        raise AlteredMessage
                    return False
        self.messages.append(message)
        return True
