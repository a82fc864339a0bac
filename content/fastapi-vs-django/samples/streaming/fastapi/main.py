"""Pass a language model's answer on while it is being written: FastAPI.

    LANGUAGE_MODEL_URL=http://127.0.0.1:9000 uvicorn main:app

`POST /stream` takes `{"text", "max_tokens"}` and answers with server-sent events: `piece` for every few characters, then
`end`, or `failure` where the model breaks off after the first piece has left.
"""

import json
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import httpx
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, Field, StringConstraints

log = logging.getLogger(__name__)


class Prompt(BaseModel):
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
    max_tokens: Annotated[int, Field(ge=1, le=500)] = 100


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, httpx.AsyncClient]]:
    async with httpx.AsyncClient(base_url=os.environ["LANGUAGE_MODEL_URL"], timeout=10) as client:
        yield {"language_model": client}


async def opened_answer(prompt: Prompt, request: Request) -> AsyncIterator[httpx.Response]:
    """Open the model's answer before ours begins, so that a refusal can still be a 502; close it after the last piece."""
    asked = {"model": "small", "instruction": "Answer briefly.", "stream": True, **prompt.model_dump()}
    client: httpx.AsyncClient = request.state.language_model
    try:
        answer = await client.send(client.build_request("POST", "/complete", json=asked), stream=True)
    except httpx.HTTPError as failure:
        log.warning("The language model failed: %s", failure)
        raise HTTPException(502, "The language model cannot be reached. Try again later.") from failure
    try:
        if answer.is_error:
            log.warning("The language model answered %s", answer.status_code)
            raise HTTPException(502, "The language model refused to answer. Try again later.")
        yield answer
    finally:
        await answer.aclose()


app = FastAPI(title="Streaming", lifespan=lifespan)


@app.exception_handler(RequestValidationError)
def refuse(request: Request, problem: RequestValidationError) -> JSONResponse:
    """Refuse as FastAPI does, without repeating what was sent: NaN, which Python takes for JSON, cannot be written again."""
    return JSONResponse({"detail": [{"loc": error["loc"], "msg": error["msg"]} for error in problem.errors()]}, 422)


@app.post("/stream", response_class=EventSourceResponse)
async def stream(answer: Annotated[httpx.Response, Depends(opened_answer)]) -> AsyncIterator[ServerSentEvent]:
    """Send the answer piece by piece. FastAPI writes each event's data as JSON, so a line break cannot end an event."""
    try:
        async for line in answer.aiter_lines():
            yield ServerSentEvent(event="piece", data=json.loads(line)["text"])
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as failure:
        log.warning("The language model broke off: %s", failure)
        yield ServerSentEvent(event="failure", data="The language model broke off. What has arrived is not complete.")
    else:
        yield ServerSentEvent(event="end")
