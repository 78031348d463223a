"""A mail server on this machine that takes what it is told to take."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default


@dataclass
class Taken:
    """What came in."""

    port: int = 0
    refuse_all: bool = False
    refused: set[str] = field(default_factory=set[str])
    rude: bool = False  # closes after a mail without a word
    messages: list[EmailMessage] = field(default_factory=list[EmailMessage])
    recipients: list[list[str]] = field(default_factory=list[list[str]])


@contextmanager
def mail_server() -> Iterator[Taken]:
    taken = Taken()

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 here")
            to: list[str] = []
            for line in self.rfile:
                verb = line.decode().strip()
                match verb.upper().split(":")[0].split(" ")[0]:
                    case "RCPT":
                        address = verb.partition("<")[2].partition(">")[0]
                        if taken.refuse_all or address in taken.refused:
                            self.say("550 no such mailbox")
                        else:
                            to.append(address)
                            self.say("250 ok")
                    case "DATA":
                        self.say("354 go on")
                        body = b"".join(iter(self.rfile.readline, b".\r\n"))
                        taken.messages.append(message_from_bytes(body, policy=default))
                        taken.recipients.append(to)
                        self.say("250 taken")
                        if taken.rude:
                            return
                    case "QUIT":
                        self.say("221 bye")
                        return
                    case _:
                        self.say("250 ok")

        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        server.daemon_threads = True
        taken.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield taken
        server.shutdown()
