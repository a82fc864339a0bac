"""Which model predicted what, and from what: FastAPI with SQLModel.

    DATABASE=predictions.sqlite3 LANGUAGE_MODEL_URL=http://127.0.0.1:9000 uvicorn main:app

`POST` and `GET /models`, `POST` and `GET /models/{id}/predictions`. A prediction is made by the language model and kept only
if it succeeds; a model with predictions cannot be removed. There is no page for people but `/docs`.
"""

import logging
import os
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

import httpx
from fastapi import Depends, FastAPI, HTTPException, Path, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import AfterValidator, BaseModel, StringConstraints, ValidationError
from sqlalchemy import JSON, CheckConstraint, Column, Engine, UniqueConstraint, event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import DateTime
from sqlmodel import Field, Session, SQLModel, create_engine, select

log = logging.getLogger(__name__)
engine = create_engine(f"sqlite:///{os.environ.get('DATABASE', 'predictions.sqlite3')}")

PAGE = 100  # predictions in one answer
LARGEST_ID = 2**63 - 1  # SQLite's integers end here


@event.listens_for(Engine, "connect")
def _keep_foreign_keys(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")


def now() -> datetime:
    return datetime.now(UTC)


class TrainedModel(SQLModel, table=True):
    __table_args__ = (
        UniqueConstraint("name", "version", name="one_row_per_version"),
        CheckConstraint("accuracy >= 0 AND accuracy <= 1", name="accuracy_is_a_share"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=100)
    version: str = Field(max_length=20)
    accuracy: float
    added_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class Prediction(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    model_id: int = Field(foreign_key="trainedmodel.id", ondelete="RESTRICT", index=True)
    given: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    outcome: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    made_at: datetime = Field(default_factory=now, sa_type=DateTime(timezone=True))


class NewModel(BaseModel):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    version: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)]
    accuracy: Annotated[float, Field(ge=0, le=1)]


class ShownModel(NewModel, from_attributes=True):
    id: int


class Message(BaseModel):
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


def in_utc(moment: datetime) -> datetime:
    """Say again what SQLite forgets: that the times in it are UTC."""
    return moment.replace(tzinfo=UTC)


class ShownPrediction(BaseModel, from_attributes=True):
    id: int
    given: dict[str, Any]
    outcome: dict[str, Any]
    made_at: Annotated[datetime, AfterValidator(in_utc)]


class Label(StrEnum):
    PRAISE = "praise"
    COMPLAINT = "complaint"
    QUESTION = "question"


class Completion(BaseModel):
    """What the language model has to answer. Anything else counts as its failure."""

    text: Label
    tokens: int


def session() -> Iterator[Session]:
    with Session(engine) as opened:
        yield opened


Database = Annotated[Session, Depends(session)]


def model_of(model_id: Annotated[int, Path(ge=1, le=LARGEST_ID)], database: Database) -> TrainedModel:
    model = database.get(TrainedModel, model_id)
    if model is None:
        raise HTTPException(404, "There is no such model.")
    return model


Chosen = Annotated[TrainedModel, Depends(model_of)]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, httpx.Client]]:
    SQLModel.metadata.create_all(engine)
    with httpx.Client(base_url=os.environ["LANGUAGE_MODEL_URL"], timeout=10) as client:
        yield {"language_model": client}
    engine.dispose()


app = FastAPI(title="Prediction records", lifespan=lifespan)


@app.exception_handler(RequestValidationError)
def refuse(request: Request, problem: RequestValidationError) -> JSONResponse:
    """Refuse as FastAPI does, without repeating what was sent: NaN, which Python takes for JSON, cannot be written again."""
    return JSONResponse({"detail": [{"loc": error["loc"], "msg": error["msg"]} for error in problem.errors()]}, 422)


@app.post("/models", status_code=201, responses={409: {"description": "This version is there already"}})
def add_model(new: NewModel, database: Database) -> ShownModel:
    model = TrainedModel(**new.model_dump())
    database.add(model)
    try:
        database.commit()
    except IntegrityError as problem:  # asking first would leave a gap between question and insert
        raise HTTPException(409, "This version of the model is there already.") from problem
    database.refresh(model)
    return ShownModel.model_validate(model)


@app.get("/models")
def list_models(database: Database) -> list[ShownModel]:
    found = database.exec(select(TrainedModel).order_by(TrainedModel.name, TrainedModel.version))
    return [ShownModel.model_validate(model) for model in found]


@app.delete("/models/{model_id}", status_code=204)
def remove_model(model: Chosen, database: Database) -> None:
    database.delete(model)
    try:
        database.commit()
    except IntegrityError as problem:
        raise HTTPException(409, "The model has predictions, which would lose their origin.") from problem


@app.post("/models/{model_id}/predictions", status_code=201)
def predict(message: Message, model: Chosen, database: Database, request: Request) -> ShownPrediction:
    """Have the model label a message, and keep what was given and what came out."""
    asked = {"model": f"{model.name}:{model.version}", "instruction": f"Answer with one of: {', '.join(Label)}."}
    database.rollback()  # keeps no transaction open while the model takes its time
    client: httpx.Client = request.state.language_model
    try:
        answer = client.post("/complete", json={**asked, "text": message.text}).raise_for_status()
        completion = Completion.model_validate_json(answer.content)
    except (httpx.HTTPError, ValidationError) as failure:
        log.warning("The language model failed: %s", failure)
        raise HTTPException(502, "The model gave no usable prediction. Nothing was recorded.") from failure
    outcome = {"label": completion.text, "tokens": completion.tokens}
    prediction = Prediction(model_id=model.id, given=message.model_dump(), outcome=outcome)
    database.add(prediction)
    database.commit()
    database.refresh(prediction)
    return ShownPrediction.model_validate(prediction)


@app.get("/models/{model_id}/predictions")
def list_predictions(model: Chosen, database: Database) -> list[ShownPrediction]:
    """Return the newest predictions of a model."""
    newest_first = select(Prediction).where(Prediction.model_id == model.id).order_by(Prediction.id.desc())
    return [ShownPrediction.model_validate(prediction) for prediction in database.exec(newest_first.limit(PAGE))]
