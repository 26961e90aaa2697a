"""The description of the API as OpenAPI 3.1 has it, made of the operations themselves."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from webapp.records import Record
from webapp.views.parameters import Parameter
from webapp.views.schemas import SCHEMAS, Schema, ref

_PLACE = re.compile(r"\{(\w+)\}")

TOLD = (
    "Read a collection of news: who said what about which country. All addresses are read with GET"
    " and answer in JSON. Lists come in pages: follow “next” until it is null."
)


@dataclass(frozen=True, slots=True)
class Operation:
    """What can be asked at a `path`, such as "/api/quotes/{id}": in words, what it `answers` (the
    name of a schema), who does it, with which parameters, and some examples of addresses."""

    path: str
    told: str
    answers: str
    act: Callable[..., Record]
    parameters: tuple[Parameter, ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Different for each operation."""
        return self.answers[0].lower() + self.answers[1:]

    @property
    def rule(self) -> str:
        """The path as Flask routes it: what must be a number is one."""
        kinds = {one.name: one.schema for one in self.parameters if one.place == "path"}
        return _PLACE.sub(lambda place: f"<{_converter(kinds[place[1]])}{place[1]}>", self.path)

    @property
    def fields(self) -> list[tuple[str, Schema]]:
        """All fields of the answer: `next`, `quotes[].id`."""
        return list(_fields(SCHEMAS[self.answers]))

    @property
    def may_find_nothing(self) -> bool:
        """Whether there may be nothing at an address: no such thing, or no such page."""
        return any(one.place == "path" or one.name == "page" for one in self.parameters)


def _converter(schema: Schema) -> str:
    return f"int(max={schema['maximum']}):" if schema["type"] == "integer" else ""


def _fields(schema: Schema, before: str = "") -> Iterator[tuple[str, Schema]]:
    for name, field in schema.get("properties", {}).items():
        yield f"{before}{name}", field
        one = field.get("items", field)
        one = one.get("oneOf", [one])[0]
        inner = SCHEMAS[one["$ref"].rpartition("/")[2]] if "$ref" in one else one
        yield from _fields(inner, f"{before}{name}{'[]' if 'items' in field else ''}.")


def described(operations: Iterable[Operation]) -> Record:
    """The document."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Dateline", "version": "1", "description": TOLD},
        "servers": [{"url": "/"}],
        "paths": {operation.path: {"get": _described(operation)} for operation in operations},
        "components": {"schemas": SCHEMAS, "responses": _PROBLEMS},
    }


def _described(operation: Operation) -> Record:
    responses = {"200": _response("What was asked for.", operation.answers)}
    responses |= {code: {"$ref": f"#/components/responses/{code}"} for code in ("400", "503")}
    if operation.may_find_nothing:
        responses["404"] = {"$ref": "#/components/responses/404"}
    return {
        "operationId": operation.name,
        "summary": operation.told,
        "parameters": [parameter.described() for parameter in operation.parameters],
        "responses": dict(sorted(responses.items())),
    }


def _response(told: str, schema: str) -> Record:
    return {"description": told, "content": {"application/json": {"schema": ref(schema)}}}


_PROBLEMS = {
    "400": _response("The question cannot be understood, or is too large.", "Error"),
    "404": _response("There is no such thing.", "Error"),
    "503": _response("The collection cannot answer now; ask again later.", "Error"),
}
