"""An SMTP server with faults, for the tests of `yinfa send`. It listens on the loopback alone.

    server.py FOLDER [--security plain|tls|starttls] [--cert FILE --key FILE] [--login USER:PASSWORD]

The port is written to FOLDER/port once it listens. Every message that it takes (and only those) is
written to FOLDER/mail/NNNNN.eml and noted in FOLDER/log, a line of JSON each: the recipient and the
Message-ID. It ends by itself after ten minutes, or when FOLDER is gone.

What goes wrong is said by the recipient's address: NAME+FAULT@…

    refuse      the recipient is refused for good (550)
    full        the whole message is refused for good (554)
    greylist    the first try is put off at the recipient (451), the second is taken
    later       the first try is put off after the message (451), the second is taken
    never       every try is put off (450)
    kept        the message is taken, and the connection dropped before the answer
    lost        the connection is dropped before the answer, and the message is not taken
    hangup      the first try is ended at the recipient by 421 and a closed connection
    cut         the connection is dropped at the recipient, each time
    slow        the answer takes a second
    silent      the message is taken, and no answer ever comes
    die         the server dies when it gets the message
"""

import argparse
import asyncio
import email
import json
import os
import pathlib
import ssl
import time

from aiosmtpd.smtp import AuthResult, SMTP


class Handler:
    def __init__(self, folder):
        self.folder = folder
        self.tries = {}
        self.taken = 0

    def fault(self, address):
        local = address.split("@")[0]
        return local.split("+")[1] if "+" in local else ""

    def first(self, address):
        self.tries[address] = self.tries.get(address, 0) + 1
        return self.tries[address] == 1

    def take(self, envelope):
        self.taken += 1
        content = envelope.original_content or envelope.content
        name = f"{self.taken:05}.eml"
        (self.folder / "mail" / name).write_bytes(content)
        message = email.message_from_bytes(content)
        line = {"to": envelope.rcpt_tos, "from": envelope.mail_from, "id": message["Message-ID"], "file": name}
        with open(self.folder / "log", "a", encoding="utf-8") as log:
            log.write(json.dumps(line, ensure_ascii=False) + "\n")

    async def handle_RCPT(self, server, session, envelope, address, options):
        fault = self.fault(address)
        if fault == "refuse":
            return "550 5.1.1 no such mailbox"
        if fault == "greylist" and self.first(address):
            return "451 4.7.1 greylisted, try again"
        if fault == "never":
            return "450 4.2.1 mailbox busy"
        if fault == "hangup" and self.first(address):
            await server.push("421 4.3.2 closing")
            server.transport.close()
            return "421 4.3.2 closing"
        if fault == "cut":
            server.transport.abort()
            return "421 4.3.2 gone"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        address = envelope.rcpt_tos[0]
        fault = self.fault(address)
        if fault == "full":
            return "554 5.2.2 mailbox full"
        if fault == "later" and self.first(address):
            return "451 4.3.0 try again"
        if fault == "die":
            os._exit(1)
        if fault == "lost":
            server.transport.abort()
            return "451 4.3.0 gone"
        self.take(envelope)
        if fault == "kept":
            server.transport.abort()
        elif fault == "silent":
            await asyncio.sleep(60)
        elif fault == "slow":
            await asyncio.sleep(1)
        return "250 2.0.0 taken"


def context(arguments):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(arguments.cert, arguments.key)
    return context


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--security", default="plain", choices=["plain", "tls", "starttls"])
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--login")
    arguments = parser.parse_args()
    folder = arguments.folder
    (folder / "mail").mkdir(exist_ok=True)
    (folder / "log").touch()
    handler = Handler(folder)
    handler.taken = sum(1 for _ in (folder / "mail").iterdir())

    options = {"data_size_limit": 64 * 1024 * 1024, "timeout": 120}
    if arguments.security == "starttls":
        options |= {"tls_context": context(arguments), "require_starttls": True}
    if arguments.login:
        login = arguments.login.split(":", 1)

        def check(server, session, envelope, mechanism, data):
            given = [data.login.decode(), data.password.decode()]
            # Not handled: the library answers.
            return AuthResult(success=given == login, handled=False)

        options |= {
            "authenticator": check,
            "auth_required": True,
            "auth_require_tls": arguments.security != "plain",
        }
    tls = context(arguments) if arguments.security == "tls" else None
    if tls:
        # The library asks for STARTTLS although the connection is encrypted.
        options["auth_require_tls"] = False

    asyncio.run(serve(folder, handler, options, tls))


async def serve(folder, handler, options, tls):
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(handler, **options), "127.0.0.1", 0, ssl=tls)
    port = server.sockets[0].getsockname()[1]
    (folder / "port.new").write_text(str(port))
    os.rename(folder / "port.new", folder / "port")
    end = time.monotonic() + 600
    while time.monotonic() < end and folder.exists():
        await asyncio.sleep(0.2)
    os._exit(0)


main()
