"""``python -m bot ask "问题"`` answers, ``chat`` keeps turns, ``match`` lists grants, ``propose-entitlements`` proposes them."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from datetime import date, datetime

from bot.match.json_form import match_json
from bot.match.matching import Matcher, check_profile
from bot.match.terminal_form import match_text
from bot.output.json_form import answer_json
from bot.output.terminal import answer_text
from bot.pipeline import PolicyBot
from bot.proposing.command import declare_options, propose_entitlements
from bot.proposing.edition_command import declare_draft_options, draft_command
from bot.refuse.length import check_length
from bot.settings import BotSettings
from bot.types import Language, Question
from index.types import Filters
from ingest.command_line import run
from ingest.corpus.load import load_corpus
from ingest.corpus.versions import serving_folder
from ingest.errors import QuestionUnusable
from ingest.readers.limits import MEGABYTE, Limits


def main(arguments: list[str] | None = None) -> int:
    """Entry point; returns the exit status. A declined question is an answer: status 0."""
    options = _parser().parse_args(arguments)
    commands = {"ask": _ask, "chat": _chat, "match": _match, "propose-entitlements": _propose, "draft-edition": _draft}
    return run(lambda: commands[options.command](options), debug=options.debug)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Ask the policy compendium.")
    parser.add_argument("--debug", action="store_true", help="show a traceback with an error")
    commands = parser.add_subparsers(dest="command", required=True)
    asking = commands.add_parser("ask", help="answer one question")
    asking.add_argument("question")
    asking.add_argument("--json", action="store_true", help="for machines")
    asking.add_argument("--turn", action="append", default=[], metavar="TEXT", help="an earlier turn; may be repeated")
    talking = commands.add_parser("chat", help="a conversation; /clear forgets it, /quit ends it")
    matching = commands.add_parser("match", help="what the corpus grants to somebody who describes themselves")
    matching.add_argument("profile", help="who you are, in your own words")
    matching.add_argument("--json", action="store_true", help="for machines")
    matching.add_argument("--lang", choices=[one.value for one in Language], help="default: that of the profile")
    proposing = commands.add_parser("propose-entitlements", help="let the chat model propose what clauses grant")
    declare_options(proposing)
    declare_draft_options(
        commands.add_parser("draft-edition", help="let the chat model draft the English beside the clauses")
    )
    for command in (asking, talking, matching):
        command.add_argument("--as-of", metavar="YYYY-MM-DD", help="day of asking; default: today")
    for command in (asking, talking):
        command.add_argument(
            "--level",
            action="append",
            default=[],
            help="only clauses of this level, as 国家 or 市; one that the corpus has",
        )
        command.add_argument(
            "--lang",
            type=Language,
            choices=tuple(Language),
            help="answer in zh, zh-hant or en; default: the question's language",
        )
    return parser


def _ask(options: argparse.Namespace) -> int:
    turns = (*options.turn, options.question)
    question = Question(turns, _day(options.as_of), chosen_language=options.lang)
    settings = BotSettings()
    check_length(question, settings.max_question_chars)  # before the model is loaded, which takes seconds
    bot = PolicyBot.open(settings)
    answer = bot.ask(replace(question, filters=Filters.of_levels(options.level, bot.corpus)))
    print(json.dumps(answer_json(answer), ensure_ascii=False) if options.json else answer_text(answer))
    return 0


def _chat(options: argparse.Namespace) -> int:
    as_of = _day(options.as_of)
    bot = PolicyBot.open(BotSettings())
    filters = Filters.of_levels(options.level, bot.corpus)
    turns: list[str] = []
    print("投资政策问答 · /clear 清空对话 · /quit 退出")
    while True:
        try:
            said = input("> ").strip()
        except EOFError:
            return 0
        except UnicodeDecodeError:
            print("This line is not UTF-8: set the terminal to it and type the line again.")
            continue
        if said == "/quit":
            return 0
        if said == "/clear":
            turns.clear()
            continue
        if not said:
            continue
        try:
            answer = bot.ask(Question((*turns, said), as_of, filters, chosen_language=options.lang))
        except QuestionUnusable as error:
            print(error)
            continue
        turns.append(said)
        print(answer_text(answer))


def _match(options: argparse.Namespace) -> int:
    settings, as_of = BotSettings(), _day(options.as_of)
    check_profile(options.profile, settings.max_profile_chars)
    limits = Limits(settings.max_file_mb * MEGABYTE, settings.max_unpacked_mb * MEGABYTE, settings.max_read_seconds)
    corpus = load_corpus(serving_folder(settings.corpus, settings.home), limits)
    language = Language(options.lang) if options.lang else None
    result = Matcher.of(corpus).match_profile(options.profile, as_of, language)
    print(
        json.dumps(match_json(result, corpus, options.profile), ensure_ascii=False)
        if options.json
        else match_text(result)
    )
    return 0


def _propose(options: argparse.Namespace) -> int:
    said, status = propose_entitlements(options, BotSettings(), _day(None))
    print(said)
    return status


def _draft(options: argparse.Namespace) -> int:
    said, status = draft_command(options, BotSettings())
    print(said)
    return status


def _day(text: str | None) -> date:
    """The only place where the bot looks at the clock. Raises QuestionUnusable."""
    if text is None:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise QuestionUnusable("bot.as_of_is_no_day", text=text) from error


if __name__ == "__main__":
    raise SystemExit(main())
