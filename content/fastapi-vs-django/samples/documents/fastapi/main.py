"""Documents that belong to people, each with an embedding once one has been computed: FastAPI with SQLModel.

    DATABASE=documents.sqlite3 uvicorn main:app

`POST` and `GET /people/{name}/documents`, `PUT /documents/{id}/embedding`, `DELETE /people/{name}` (documents included). Who
may do so is left out here: see the viewset sample.
"""

import os
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Body, Depends, FastAPI, HTTPException, Path, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import AfterValidator, BaseModel, FiniteFloat, StringConstraints
from sqlalchemy import JSON, Column, Engine, event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import DateTime
from sqlmodel import Field, Session, SQLModel, create_engine, select

LARGEST_ID = 2**63 - 1  # SQLite's integers end here

engine = create_engine(f"sqlite:///{os.environ.get('DATABASE', 'documents.sqlite3')}")


@event.listens_for(Engine, "connect")
def _keep_foreign_keys(connection: sqlite3.Connection, _record: object) -> None:
    """SQLite ignores foreign keys unless every connection asks for them; SQLAlchemy leaves that to us."""
    connection.execute("PRAGMA foreign_keys = ON")


def now() -> datetime:
    return datetime.now(UTC)


class Person(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, max_length=150)


class Document(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    owner_id: int = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    body: str
    embedding: list[float] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    written_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True), index=True)


class NewDocument(SQLModel):
    """What may be sent. A class with `table=True` checks nothing when it is made, so input has a class of its own."""

    body: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]


def in_utc(moment: datetime) -> datetime:
    """Say again what SQLite forgets: that the times in it are UTC."""
    return moment.replace(tzinfo=UTC)


class ShownDocument(BaseModel, from_attributes=True):
    id: int
    body: str
    embedding: list[float] | None
    written_at: Annotated[datetime, AfterValidator(in_utc)]


Embedding = Annotated[list[FiniteFloat], Body(min_length=1, max_length=4096)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=150)]


def session() -> Iterator[Session]:
    with Session(engine) as opened:
        yield opened


Database = Annotated[Session, Depends(session)]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    SQLModel.metadata.create_all(engine)  # makes tables that are missing; changing them later is Alembic's work
    yield
    engine.dispose()


app = FastAPI(title="Documents", lifespan=lifespan)


@app.exception_handler(RequestValidationError)
def refuse(request: Request, problem: RequestValidationError) -> JSONResponse:
    """Refuse as FastAPI does, without repeating what was sent: NaN, which Python takes for JSON, cannot be written again."""
    return JSONResponse({"detail": [{"loc": error["loc"], "msg": error["msg"]} for error in problem.errors()]}, 422)


def person_named(name: Name, database: Database) -> Person:
    person = database.exec(select(Person).where(Person.name == name)).first()
    if person is None:
        raise HTTPException(404, "There is nobody of that name.")
    return person


@app.put("/people/{name}", status_code=204)
def add_person(name: Name, database: Database) -> None:
    """Add a person; nothing changes if they are there already."""
    database.add(Person(name=name))
    try:
        database.commit()
    except IntegrityError:  # there already; asking first would leave a gap between question and insert
        database.rollback()


@app.delete("/people/{name}", status_code=204)
def remove_person(person: Annotated[Person, Depends(person_named)], database: Database) -> None:
    """Remove a person; the database removes their documents."""
    database.delete(person)
    database.commit()


@app.post("/people/{name}/documents", status_code=201)
def add_document(new: NewDocument, person: Annotated[Person, Depends(person_named)], database: Database) -> ShownDocument:
    document = Document(owner_id=person.id, body=new.body)
    database.add(document)
    database.commit()
    database.refresh(document)
    return ShownDocument.model_validate(document)


@app.get("/people/{name}/documents")
def documents_of(person: Annotated[Person, Depends(person_named)], database: Database) -> list[ShownDocument]:
    """Return a person's documents, the newest first."""
    newest_first = (Document.written_at.desc(), Document.id.desc())
    found = database.exec(select(Document).where(Document.owner_id == person.id).order_by(*newest_first))
    return [ShownDocument.model_validate(document) for document in found]


@app.put("/documents/{document_id}/embedding", status_code=204)
def set_embedding(document_id: Annotated[int, Path(ge=1, le=LARGEST_ID)], embedding: Embedding, database: Database) -> None:
    document = database.get(Document, document_id)
    if document is None:
        raise HTTPException(404, "There is no such document.")
    document.embedding = embedding
    database.commit()
