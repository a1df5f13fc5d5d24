"""An SMTP server with faults, for the tests of `yinfa send`. It listens on the loopback alone.

    server.py FOLDER [--security plain|tls|starttls] [--cert FILE --key FILE] [--login USER:PASSWORD]

The port is written to FOLDER/port once it listens. Every message that it takes (and only those) is
written to FOLDER/mail/NNNNN.eml and noted in FOLDER/log, a line of JSON each: the recipient and the
Message-ID. It ends by itself after ten minutes, or when FOLDER is gone.

What goes wrong is said by the recipient's address: NAME+FAULT@…

    at the recipient
    refuse          refused for good (550)
    refuse-bare     the same, with no text
    refuse-gbk      the same, with text in GBK
    refuse-escape   the same, with control sequences
    refuse-lines    the same, in three lines
    greylist        the first try is put off (451), the second is taken
    never           every try is put off (450)
    hangup          the first try is ended by 421 and a closed connection
    closing         each try is
    cut             the connection is dropped, each time
    mute            no answer comes
    rcpt-251        taken with another code of yes
    rcpt-gbk        taken, with text in GBK
    rcpt-354        the answer is one to another command
    rcpt-nonsense   the answer is none
    rcpt-endless    the answer never ends
    rcpt-twice      two answers

    at DATA
    data-refuse     refused for good (554)
    data-later      the first try is put off (451), the second is taken
    data-bare       354 without text
    data-gbk        354 with text in GBK
    data-250        yes in place of 354: nothing is taken
    data-cut        the connection is dropped
    data-twice      354 and a yes for the end, at once: nothing is taken

    at the end of the message
    full            refused for good (554)
    later           the first try is put off (451), the second is taken
    kept            taken, and the connection dropped before the answer
    lost            the connection is dropped before the answer, and nothing is taken
    silent          taken, and no answer ever comes
    slow            the answer takes a second
    drip            the answer comes byte by byte
    end-bare        taken: 250 without text
    end-gbk         taken, with text in GBK
    end-lines       taken, in three lines
    end-twice       taken, and said so twice
    end-both        taken, and refused in a second answer
    end-late        refused, behind a yes that nobody asked for
    end-354         the answer is one to another command; nothing is taken
    end-nonsense    the answer is none; nothing is taken
    end-421         put off, and the connection closed, each time
    die             the server dies when it gets the message

What is wrong with all of a connection is an option, --quirk NAME:

    inject          behind the answer to STARTTLS, in clear, stand the answers to all that would follow
    echo            a refused login is answered with what was sent
    ahead           MAIL is answered twice
    helo            EHLO is unknown
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
        put_off = {"greylist": b"451 4.7.1 greylisted, try again", "hangup": b"421 4.3.2 closing"}
        if fault in put_off and self.first(address):
            return await self.answer(server, put_off[fault])
        answer = {
            "refuse": b"550 5.1.1 no such mailbox",
            "refuse-bare": b"550",
            "refuse-gbk": "550 没有这个用户".encode("gbk"),
            "refuse-escape": "550 \x1b]0;owned\x07\x1b[2J\u202eno\u009b1m".encode(),
            "refuse-lines": b"550-5.1.1 no\r\n550-such\r\n550 mailbox",
            "never": b"450 4.2.1 mailbox busy",
            "closing": b"421 4.3.2 closing",
            "rcpt-354": b"354 go ahead",
            "rcpt-nonsense": b"HTTP/1.1 400 Bad Request",
            "rcpt-endless": b"250-on and on\r\n" * 10000,
        }.get(fault)
        if answer:
            return await self.answer(server, answer)
        if fault == "cut":
            server.transport.abort()
            return "421 4.3.2 gone"
        if fault == "mute":
            await asyncio.sleep(60)
        envelope.rcpt_tos.append(address)
        return {
            "rcpt-251": b"251 will forward",
            "rcpt-gbk": "250 收件人有效".encode("gbk"),
            "rcpt-twice": b"250 OK\r\n250 OK",
        }.get(fault, b"250 OK")

    async def answer(self, server, answer):
        """An answer; with 421 the connection is closed behind it."""
        if answer.startswith(b"421"):
            await server.push(answer)
            server.transport.close()
        return answer

    async def before_data(self, server, address):
        """What is said in place of 354; None lets the message come."""
        fault = self.fault(address)
        if fault == "data-later" and self.first(address):
            return b"451 4.3.0 try again"
        if fault == "data-cut":
            server.transport.abort()
            return b"421 gone"
        return {
            "data-refuse": b"554 5.7.1 no",
            "data-250": b"250 OK",
            "data-twice": b"354 go ahead\r\n250 OK",
        }.get(fault)

    def go_ahead(self, address):
        return {"data-bare": b"354", "data-gbk": "354 请发送".encode("gbk")}.get(self.fault(address))

    async def handle_DATA(self, server, session, envelope):
        address = envelope.rcpt_tos[0]
        fault = self.fault(address)
        if fault == "later" and self.first(address):
            return b"451 4.3.0 try again"
        if fault == "die":
            os._exit(1)
        if fault == "lost":
            server.transport.abort()
            return b"451 4.3.0 gone"
        not_taken = {
            "full": b"554 5.2.2 mailbox full",
            "end-354": b"354 go ahead",
            "end-nonsense": b"OK",
            "end-421": b"421 4.3.2 closing",
        }.get(fault)
        if not_taken:
            return await self.answer(server, not_taken)
        if fault == "end-late":
            await server.push(b"250 OK")
            await asyncio.sleep(0.1)
            return b"554 5.7.1 no"
        self.take(envelope)
        if fault == "kept":
            server.transport.abort()
        elif fault == "silent":
            await asyncio.sleep(60)
        elif fault == "slow":
            await asyncio.sleep(1)
        elif fault == "drip":
            for byte in b"250 2.0.0 ta":
                server._writer.write(bytes([byte]))
                await server._writer.drain()
                await asyncio.sleep(0.01)
            return b"ken"
        return {
            "end-bare": b"250",
            "end-gbk": "250 已接收".encode("gbk"),
            "end-lines": b"250-2.0.0\r\n250-all\r\n250 taken",
            "end-twice": b"250 OK\r\n250 OK",
            "end-both": b"250 OK\r\n550 no",
        }.get(fault, b"250 2.0.0 taken")


class Faulty(SMTP):
    """The library's server, where it answers what a server should not."""

    quirk = None
    is_answered = False
    is_ahead = False

    async def push(self, status):
        if self.is_ahead:
            self.is_ahead = False
            self._writer.write(b"250 OK\r\n" * 2)
            return
        if self.is_answered:
            self.is_answered = False
            return
        address = self.envelope.rcpt_tos[0] if self.envelope and self.envelope.rcpt_tos else ""
        if isinstance(status, str) and status.startswith("354 "):
            status = self.event_handler.go_ahead(address) or status
        await super().push(status)

    async def smtp_DATA(self, arg):
        if self.envelope and self.envelope.rcpt_tos:
            answer = await self.event_handler.before_data(self, self.envelope.rcpt_tos[0])
            if answer:
                await self.push(answer)
                return
        await super().smtp_DATA(arg)

    async def smtp_STARTTLS(self, arg):
        if self.quirk == "inject":
            # Whoever takes these for answers believes that a message was sent.
            forged = b"250 a\r\n250 a\r\n250 a\r\n354 a\r\n250 forged\r\n"
            self._writer.write(b"220 go\r\n" + forged)
            await self._writer.drain()
            self.is_answered = True
        await super().smtp_STARTTLS(arg)

    async def smtp_EHLO(self, hostname):
        if self.quirk == "helo":
            await self.push("500 what?")
            return
        await super().smtp_EHLO(hostname)

    async def smtp_MAIL(self, arg):
        self.is_ahead = self.quirk == "ahead"
        await super().smtp_MAIL(arg)

    async def smtp_AUTH(self, arg):
        if self.quirk == "echo":
            await self.push(f"535 5.7.8 wrong: {arg}")
            return
        await super().smtp_AUTH(arg)


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
    parser.add_argument("--quirk")
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
    Faulty.quirk = arguments.quirk
    tls = context(arguments) if arguments.security == "tls" else None
    if tls:
        # The library asks for STARTTLS although the connection is encrypted.
        options["auth_require_tls"] = False

    asyncio.run(serve(folder, handler, options, tls))


async def serve(folder, handler, options, tls):
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Faulty(handler, **options), "127.0.0.1", 0, ssl=tls)
    port = server.sockets[0].getsockname()[1]
    (folder / "port.new").write_text(str(port))
    os.rename(folder / "port.new", folder / "port")
    end = time.monotonic() + 600
    while time.monotonic() < end and folder.exists():
        await asyncio.sleep(0.2)
    os._exit(0)


main()
