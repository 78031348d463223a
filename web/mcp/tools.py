"""Five tools for other people's models, none of which changes anything: ask, search, get_clause, match, check_sentence."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from importlib.metadata import version
from typing import Annotated, Any, cast

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from bot.output.json_form import answer_json
from bot.types import Language
from ingest.errors import PolicyQAError
from web.answers.recording import Asker
from web.api.answer_service import AnswerService
from web.api.requests import MOST_HITS, AskRequest, OneOrMore, SearchRequest
from web.http.client import client_of

ON_THIS_MACHINE = "stdio"  # whom the limits count when the caller started us itself
READS_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
INSTRUCTIONS = (
    "Answers about Chinese government policy from the clauses of one corpus, word for word. Cite document, address and "
    "page of what you pass on. 'declined' means that the corpus does not say it; do not fill the gap. Before you state a "
    "figure of your own wording, let check_sentence hold it against the clauses it rests on."
)

Day = Annotated[date | None, Field(description="YYYY-MM-DD; today if left out.")]
Level = Annotated[OneOrMore | None, Field(description="Only policies of this level, or of these.")]
Lang = Annotated[Language | None, Field(description="zh, zh-hant or en; that of the words asked if left out.")]
Called = Context[Any, Any]
Told = dict[str, Any]


class ToolServer(MCPServer[Any]):
    """Refuses an argument that a tool does not have by its name; a mistyped filter would answer from everything."""

    async def call_tool(self, name: str, arguments: dict[str, Any], context: Called | None = None) -> Any:
        """Call a tool. Raises ToolError with one sentence for whatever it cannot do."""
        tool = next((one for one in await self.list_tools() if one.name == name), None)
        known: dict[str, Any] = tool.input_schema.get("properties", {}) if tool else {}
        unknown = [] if tool is None else [given for given in arguments if given not in known]
        if unknown:
            raise ToolError(f"{unknown[0]}: {name} has no such argument; it takes {', '.join(known)}.")
        return await super().call_tool(name, arguments, context)


def tool_server(service: AnswerService) -> MCPServer[Any]:
    """The tools, bound to what they need."""
    server = ToolServer(
        "policyqa", title="PolicyQA", instructions=INSTRUCTIONS, version=version("policyqa"), log_level="WARNING"
    )
    tools = _Tools(service)
    for tool in (tools.ask, tools.search, tools.get_clause, tools.match, tools.check_sentence):
        server.add_tool(tool, annotations=READS_ONLY)
    return server


class _Tools:
    """The tools. What their docstrings say is what a model reads of them."""

    def __init__(self, service: AnswerService) -> None:
        self._service = service

    async def ask(
        self,
        question: Annotated[str, Field(description="The question, in Chinese or English.")],
        context: Called,
        turns: Annotated[list[str] | None, Field(description="Earlier questions, oldest first.")] = None,
        as_of: Day = None,
        level: Level = None,
        document: Annotated[str | None, Field(description="Only this document, by its id.")] = None,
        lang: Lang = None,
    ) -> Told:
        """Answer a question about policy from the clauses, with citations, checked figures and what was not found."""
        asked = AskRequest(
            question=question,
            turns=turns or [],
            as_of=as_of,
            level=level,
            document=document,
            lang=lang,
            conversation="",
        )

        async def answered(client: str) -> Told:
            kept = await self._service.ask(self._service.question(asked), Asker("", client))
            return {**answer_json(kept.answer), "turn": kept.turn}

        return await self._for_client(context, answered)

    async def search(
        self,
        query: Annotated[str, Field(description="What to look for, in Chinese or English.")],
        context: Called,
        k: Annotated[int, Field(ge=1, le=MOST_HITS, description="How many clauses at most.")] = 10,
        level: Level = None,
        document: Annotated[OneOrMore | None, Field(description="Only these documents, by id.")] = None,
        issuer: Annotated[OneOrMore | None, Field(description="Only what these offices issued.")] = None,
        in_force_on: Annotated[date | None, Field(description="Leave out what was over on this day.")] = None,
    ) -> Told:
        """Find clauses with their scores, words, document, address, page and standing, without an answer."""
        asked = SearchRequest(query=query, k=k, level=level, document=document, issuer=issuer, in_force_on=in_force_on)
        return await self._for_client(context, lambda client: self._service.search(asked))

    async def get_clause(
        self, clause_id: Annotated[str, Field(description="An id that search or ask named.")], context: Called
    ) -> Told:
        """Give one clause whole, with its document, address, page, offices, figures and standing."""

        async def found(client: str) -> Told:
            return self._service.clause(clause_id)

        return await self._for_client(context, found)

    async def match(
        self,
        profile: Annotated[str, Field(description="Who somebody is, in their own words.")],
        context: Called,
        as_of: Day = None,
        lang: Lang = None,
    ) -> Told:
        """List what the corpus grants to a described company or person: met, open or not met, and what to ask next."""
        return await self._for_client(context, lambda client: self._service.match(profile, as_of, lang))

    async def check_sentence(
        self,
        sentence: Annotated[str, Field(description="One sentence, whoever wrote it.")],
        clauses: Annotated[list[str], Field(description="Ids of the clauses it is said to rest on.")],
        context: Called,
    ) -> Told:
        """Tell whether a sentence is borne out by clauses: figures and whose they are and, in Chinese, what it means.

        Not borne out means that the clauses do not show it in their own words; ``differences`` names what they lack.
        """

        async def checked(client: str) -> Told:
            return await run_in_threadpool(self._service.check, sentence, clauses)

        return await self._for_client(context, checked)

    async def _for_client(self, context: Called, do: Callable[[str], Awaitable[Told]]) -> Told:
        """What ``do`` comes to, within the limits. Raises ToolError with our sentence for a fault of ours."""
        request: object = context.request_context.request
        client = client_of(cast("Request", request)) if isinstance(request, Request) else ON_THIS_MACHINE
        try:
            self._service.admit(client)
            return await do(client)
        except PolicyQAError as error:
            raise ToolError(str(error)) from error
