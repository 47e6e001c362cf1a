"""Run as a module: the register of providers in a database of its own, with its keeper; told as JSON."""

from __future__ import annotations

import json

from balsts.database.connections import set_up


def prepare() -> dict[str, str]:
    """Open the accounts, register providers, and know one person."""
    from balsts.access.acting import in_scope, the_platform
    from balsts.portal.demonstration.providers import make_providers
    from balsts.portal.demonstration.staff import STAFF, opened
    from balsts.portal.session.door import token_for
    from balsts.registry.recording import new_source
    from balsts.registry.use_cases import register_person

    staff = {one[0]: opened(*one) for one in STAFF if one[0] in ("rasma", "reinis")}
    make_providers(staff["rasma"][1], staff["reinis"][1])
    with in_scope(the_platform()):
        person = register_person(the_platform(), new_source("declaration", "declaration 1"), given_names="Vija",
                                 surname="Paraugpārstāve", born="1980-01-01", sex="f")  # fmt: skip
    keeper = staff["rasma"][0]
    return {"username": keeper.username, "password": keeper.password, "secret": keeper.secret,
            "door": f"/me/sign-in/{token_for(person.pk)}/"}  # fmt: skip


if __name__ == "__main__":
    set_up()
    print(json.dumps(prepare()))
