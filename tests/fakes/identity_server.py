"""Runs canaille, a real identity provider, in its own environment: `uv run --only-group identity` starts this file.

Its port, its client and its people come as JSON on the command line. On stdin a line `{"group": …, "members": […]}`
changes who is in a group, `{"factors": ["password", "otp"]}` what she must show; each is answered with a line.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from datetime import UTC, datetime

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "true"  # it is asked on loopback

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend
from joserfc import jwk
from werkzeug.serving import make_server

given = json.loads(sys.argv[1])
key = jwk.generate_key("RSA", 2048)
key.ensure_kid()
app = create_app(
    config={
        "SECRET_KEY": "a key for tests, and for nothing else",
        "SERVER_NAME": f"127.0.0.1:{given['port']}",
        "PREFERRED_URL_SCHEME": "http",
        "CANAILLE": {"DATABASE": "memory", "JAVASCRIPT": False, "TIMEZONE": "UTC"},
        "CANAILLE_OIDC": {"ACTIVE_JWKS": [key.as_dict(private=True)]},
    },
    env_file="",
)


def put_in(name: str, members: list[str]) -> None:
    """These people, and nobody else, are in this group."""
    found = Backend.instance.get(models.Group, display_name=name) or models.Group(display_name=name)
    found.members = [Backend.instance.get(models.User, user_name=member) for member in members]
    Backend.instance.save(found)


with app.app_context(), Backend.instance.session():
    for user in given["people"]:
        Backend.instance.save(
            models.User(
                user_name=user,
                formatted_name=given["people"][user],
                family_name=user,
                emails=[f"{user}@dinas.test"],
                password=given["password"],
                secret_token=given["totp_secret"],
                last_otp_login=datetime.now(UTC),  # whoever has one is not led through setting it up
            )
        )
    for group, people in given["groups"].items():
        put_in(group, people)
    client = models.Client(
        client_id=given["client"],
        client_name="LAPOR",
        client_uri="http://127.0.0.1/",
        client_secret=given["secret"],
        client_id_issued_at=datetime.now(UTC),
        redirect_uris=given["redirect_uris"],
        grant_types=["authorization_code"],
        response_types=["code"],
        scope=["openid", "profile", "groups"],
        token_endpoint_auth_method="client_secret_basic",
    )
    Backend.instance.save(client)
    client.audience = [client]
    Backend.instance.save(client)

server = make_server("127.0.0.1", given["port"], app, threaded=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
print("ready", flush=True)
for line in sys.stdin:  # it ends with whoever started it
    wish = json.loads(line)
    with app.app_context(), Backend.instance.session():
        if "factors" in wish:
            app.config["CANAILLE"]["AUTHENTICATION_FACTORS"] = wish["factors"]
        else:
            put_in(wish["group"], wish["members"])
    print("done", flush=True)
