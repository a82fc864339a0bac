"""Classify a text with a remote language model: FastAPI.

    LANGUAGE_MODEL_URL=http://127.0.0.1:9000 uvicorn main:app

`POST /classify` takes `{"text", "model"}` and answers with a label. `/docs` shows it all, made from the types below.
"""

import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import Annotated, Literal

import httpx
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, StringConstraints, ValidationError

log = logging.getLogger(__name__)


class Label(StrEnum):
    PRAISE = "praise"
    COMPLAINT = "complaint"
    QUESTION = "question"


class Message(BaseModel):
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
    model: Literal["small", "large"] = "small"


class Classification(BaseModel):
    label: Label
    model: str
    tokens_used: int


class Completion(BaseModel):
    """What the language model has to answer. Anything else, such as a label of its own, counts as its failure."""

    text: Label
    tokens: int


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, httpx.AsyncClient]]:
    """Keep one client, and so its open connections, for as long as the process lives."""
    timeout = float(os.environ.get("LANGUAGE_MODEL_TIMEOUT", "10"))
    async with httpx.AsyncClient(base_url=os.environ["LANGUAGE_MODEL_URL"], timeout=timeout) as client:
        yield {"language_model": client}


def language_model(request: Request) -> httpx.AsyncClient:
    return request.state.language_model


app = FastAPI(title="Classification", lifespan=lifespan)


@app.exception_handler(RequestValidationError)
def refuse(request: Request, problem: RequestValidationError) -> JSONResponse:
    """Refuse as FastAPI does, without repeating what was sent: NaN, which Python takes for JSON, cannot be written again."""
    return JSONResponse({"detail": [{"loc": error["loc"], "msg": error["msg"]} for error in problem.errors()]}, 422)


@app.post("/classify", responses={502: {"description": "The language model gave no usable answer."}})
async def classify(message: Message, client: Annotated[httpx.AsyncClient, Depends(language_model)]) -> Classification:
    """Say whether a message is praise, a complaint or a question."""
    asked = {"model": message.model, "instruction": f"Answer with one of: {', '.join(Label)}.", "text": message.text}
    try:
        answer = await client.post("/complete", json=asked)
        completion = Completion.model_validate_json(answer.raise_for_status().content)
    except (httpx.HTTPError, ValidationError) as failure:
        log.warning("The language model failed: %s", failure)  # for us; the caller need not know the inside
        raise HTTPException(502, "The language model gave no usable answer. Try again later.") from failure
    return Classification(label=completion.text, model=message.model, tokens_used=completion.tokens)
