"""A person's own documents, and one action more: a summary by a language model. FastAPI with SQLModel.

    export DATABASE=documents.sqlite3 LANGUAGE_MODEL_URL=http://127.0.0.1:9000
    python -c "import main; print(main.add_person('ana'))"     # prints ana's token
    uvicorn main:app

`/documents` and `/documents/{id}` read and write, `POST /documents/analyze` summarises. Every request names its token:
`Authorization: Bearer ...`. `/docs` shows it all and can log in.
"""

import hashlib
import logging
import os
import secrets
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated

import httpx
from fastapi import APIRouter, Depends, FastAPI, HTTPException, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import AfterValidator, BaseModel, StringConstraints, ValidationError
from sqlalchemy import Engine, event
from sqlalchemy.types import DateTime
from sqlmodel import Field, Session, SQLModel, create_engine, select

log = logging.getLogger(__name__)
engine = create_engine(f"sqlite:///{os.environ.get('DATABASE', 'documents.sqlite3')}")

PAGE = 50  # documents in one answer
LARGEST_ID = 2**63 - 1  # SQLite's integers end here


@event.listens_for(Engine, "connect")
def _keep_foreign_keys(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")


# --- tables, and the shapes that are sent and shown -------------------------------------------------------------------


class Person(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    token_digest: str = Field(unique=True)  # a stolen database does not hold the tokens themselves


class Document(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    owner_id: int = Field(foreign_key="person.id", ondelete="CASCADE", index=True)
    body: str
    written_at: datetime = Field(default_factory=lambda: datetime.now(UTC), sa_type=DateTime(timezone=True))


class DocumentText(BaseModel):
    body: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]


def in_utc(moment: datetime) -> datetime:
    """Say again what SQLite forgets: that the times in it are UTC."""
    return moment.replace(tzinfo=UTC)


class ShownDocument(BaseModel, from_attributes=True):
    id: int
    body: str
    written_at: Annotated[datetime, AfterValidator(in_utc)]


class Analysis(BaseModel):
    analysis: str


class Completion(BaseModel):
    """What the language model has to answer. Anything else counts as its failure."""

    text: str


# --- who asks, and with what -----------------------------------------------------------------------------------------


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()  # enough for a long random token; a password would need more


def add_person(name: str) -> str:
    """Add a person and return their token, which is not stored and cannot be shown again."""
    SQLModel.metadata.create_all(engine)
    token = secrets.token_urlsafe(32)
    with Session(engine) as database:
        database.add(Person(name=name, token_digest=digest_of(token)))
        database.commit()
    return token


def session() -> Iterator[Session]:
    with Session(engine) as opened:
        yield opened


Database = Annotated[Session, Depends(session)]


def person_asking(sent: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())], database: Database) -> Person:
    person = database.exec(select(Person).where(Person.token_digest == digest_of(sent.credentials))).first()
    if person is None:
        raise HTTPException(401, "This token is not known.", headers={"WWW-Authenticate": "Bearer"})
    return person


Asking = Annotated[Person, Depends(person_asking)]


def own_document(document_id: Annotated[int, Path(ge=1, le=LARGEST_ID)], person: Asking, database: Database) -> Document:
    document = database.get(Document, document_id)
    if document is None or document.owner_id != person.id:  # somebody else's is as good as not there
        raise HTTPException(404, "There is no such document.")
    return document


Own = Annotated[Document, Depends(own_document)]
Skip = Annotated[int, Query(ge=0, le=LARGEST_ID)]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, httpx.Client]]:
    SQLModel.metadata.create_all(engine)
    with httpx.Client(base_url=os.environ["LANGUAGE_MODEL_URL"], timeout=10) as client:
        yield {"language_model": client}
    engine.dispose()


# --- what can be done -------------------------------------------------------------------------------------------------

documents = APIRouter(prefix="/documents", tags=["documents"])


@documents.get("")
def list_documents(person: Asking, database: Database, skip: Skip = 0) -> list[ShownDocument]:
    """Return one page of the person's own documents, the newest first."""
    newest_first = select(Document).where(Document.owner_id == person.id).order_by(Document.id.desc())
    found = database.exec(newest_first.offset(skip).limit(PAGE))
    return [ShownDocument.model_validate(document) for document in found]


@documents.post("", status_code=201)
def add_document(text: DocumentText, person: Asking, database: Database) -> ShownDocument:
    document = Document(owner_id=person.id, body=text.body)
    database.add(document)
    database.commit()
    database.refresh(document)
    return ShownDocument.model_validate(document)


@documents.post("/analyze", responses={502: {"description": "The language model gave no usable answer."}})
def analyze(text: DocumentText, person: Asking, request: Request) -> Analysis:
    """Summarise a text without keeping it."""
    client: httpx.Client = request.state.language_model
    asked = {"model": "small", "instruction": "Summarise in one sentence.", "text": text.body}
    try:
        answer = client.post("/complete", json=asked).raise_for_status()
        return Analysis(analysis=Completion.model_validate_json(answer.content).text)
    except (httpx.HTTPError, ValidationError) as failure:
        log.warning("The language model failed: %s", failure)
        raise HTTPException(502, "The language model gave no usable answer. Try again later.") from failure


@documents.get("/{document_id}")
def show_document(document: Own) -> ShownDocument:
    return ShownDocument.model_validate(document)


@documents.put("/{document_id}")
def change_document(text: DocumentText, document: Own, database: Database) -> ShownDocument:
    document.body = text.body
    database.commit()
    database.refresh(document)
    return ShownDocument.model_validate(document)


@documents.delete("/{document_id}", status_code=204)
def remove_document(document: Own, database: Database) -> None:
    database.delete(document)
    database.commit()


app = FastAPI(title="Own documents", lifespan=lifespan)
app.include_router(documents)


@app.exception_handler(RequestValidationError)
def refuse(request: Request, problem: RequestValidationError) -> JSONResponse:
    """Refuse as FastAPI does, without repeating what was sent: NaN, which Python takes for JSON, cannot be written again."""
    return JSONResponse({"detail": [{"loc": error["loc"], "msg": error["msg"]} for error in problem.errors()]}, 422)
