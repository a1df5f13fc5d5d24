"""Reads .eml files as mail programs do and prints what they say, as JSON.

An old program knows the name of an attachment from the encoded words in its Content-Type alone; a
new one from the Content-Disposition, as RFC 2231 says. Both are given.
"""

import email
import email.header
import email.policy
import email.utils
import hashlib
import json
import sys


def decoded(value):
    return str(email.header.make_header(email.header.decode_header(value))) if value else None


def read(path):
    with open(path, "rb") as file:
        raw = file.read()
    old = email.message_from_bytes(raw)
    new = email.message_from_bytes(raw, policy=email.policy.default)
    attachments = []
    for part, modern in zip(old.walk(), new.walk()):
        if part.get_content_disposition() != "attachment":
            continue
        content = part.get_payload(decode=True)
        # Only what a program that knows no RFC 2231 sees.
        disposition = part["Content-Disposition"]
        attachments.append({
            "old": decoded(part.get_param("name", header="content-type")),
            "new": modern.get_filename(),
            "rfc2231": "filename*" in disposition or "filename=" in disposition,
            "type": part.get_content_type(),
            "sha256": hashlib.sha256(content).hexdigest(),
        })
    return {
        "headers": [name for name, _ in old.items()],
        "subject": str(new["Subject"]),
        "from": str(new["From"]),
        "to": [str(address) for address in new["To"].addresses],
        "to_names": [address.display_name for address in new["To"].addresses],
        "reply_to": str(new["Reply-To"]) if new["Reply-To"] else None,
        "id": new["Message-ID"],
        "date": new["Date"] is not None and email.utils.parsedate_to_datetime(old["Date"]) is not None,
        "defects": [str(defect) for part in new.walk() for defect in part.defects],
        "text": new.get_body(("plain",)).get_content(),
        "html": new.get_body(("html",)).get_content(),
        "attachments": attachments,
        "longest_line": max(len(line) for line in raw.splitlines()),
        "ascii": raw.isascii(),
    }


print(json.dumps([read(path) for path in sys.argv[1:]], ensure_ascii=False))
