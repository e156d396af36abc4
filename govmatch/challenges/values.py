"""What the fields of a challenge say, as people read it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from govmatch.challenges.labels import QUESTIONS, REQUIREMENTS, SIZES
from govmatch.kit.formats import datetime_text, money_text
from govmatch.kit.i18n import Lang, Message, msg, msgn, pick, say
from govmatch.kit.records import dataclass
from govmatch.organisations.places import country_name, language_name
from govmatch.questionnaires import GUIDES, PROFILE, TICKED

INSTANTS = frozenset({"opens", "questions_until", "closes"})
SLUGS = frozenset({"authority", "programme", "round"})
Naming = Callable[[str, str, Lang], str]
"""What a slug or code is called: (field, slug, language) to words."""

_GROUPS: Mapping[str, Message] = {
    "EU": msg("European Union"),
    "EEA": msg("European Economic Area (EU, Iceland, Liechtenstein, Norway)"),
}
_CONTACT: Mapping[str, Message] = {
    "name": msg("Office"),
    "email": msg("E-mail"),
    "phone": msg("Telephone"),
}


@dataclass(frozen=True, slots=True)
class Values:
    """The words of one field: in the language of a reader, times in `zone`."""

    field: str
    lang: Lang
    zone: str
    naming: Naming

    def lines(self, value: Any) -> list[str]:
        """Return a value of this field as lines of text; nothing for what is not there."""
        if value in (None, "", [], {}):
            return []
        makers: dict[str, Callable[[Any], list[str]]] = {
            **dict.fromkeys(INSTANTS, self._moment),
            **dict.fromkeys(SLUGS, self._slug),
            "budget": self._budget,
            "criteria": lambda criteria: [self._criterion(one) for one in criteria],
            "questions": lambda asked: [line for one in asked for line in self.question(one)],
            "contact": self._contact,
            "attachments": lambda files: [self.paper(one) for one in files],
        }
        return makers.get(self.field, self._plain)(value)

    def _plain(self, value: Any) -> list[str]:
        if isinstance(value, list):
            return [self._code(str(one)) for one in value]
        return str(value).split("\n")

    def _code(self, code: str) -> str:
        match self.field:
            case "countries":
                return say(_GROUPS[code], self.lang) if code in _GROUPS else self._country(code)
            case "languages":
                return language_name(code, self.lang)
            case "size" if code in SIZES:
                return say(SIZES[code], self.lang)
            case "requires" if code in REQUIREMENTS:
                return say(REQUIREMENTS[code], self.lang)
        return self.naming(self.field, code, self.lang)

    def _country(self, code: str) -> str:
        return country_name(code, self.lang)

    def _slug(self, value: str) -> list[str]:
        return [self.naming(self.field, value, self.lang)]

    def _moment(self, value: str) -> list[str]:
        return [datetime_text(datetime.fromisoformat(value), self.lang, self.zone)]

    def _contact(self, contact: Mapping[str, str]) -> list[str]:
        return [
            f"{say(label, self.lang)}: {contact[part]}"
            for part, label in _CONTACT.items()
            if contact.get(part)
        ]

    def paper(self, one: Mapping[str, Any]) -> str:
        """Return title and name of an attachment."""
        return f"{pick(one['title'], self.lang)[0]} ({one['name']})"

    def _budget(self, value: Mapping[str, Any]) -> list[str]:
        amounts = [value[key] for key in ("min", "max") if value[key] is not None]
        texts = [money_text(one, value["currency"], self.lang) for one in amounts]
        return [" – ".join(texts)] if texts else []

    def criterion(self, criterion: str) -> str:
        return self.naming("criteria", criterion, self.lang)

    def _criterion(self, one: Mapping[str, Any]) -> str:
        label = self.criterion(str(one["id"]))
        if one.get("independent"):
            return f"{label}: {say(msg('judged, does not count'), self.lang)}"
        if one.get("minimum") is None:
            return f"{label}: {one['weight']}"
        least = say(msg("at least {n} of 5", n=one["minimum"]), self.lang)
        return f"{label}: {one['weight']} ({least})"

    def question(self, one: Mapping[str, Any]) -> list[str]:
        """Return what is asked, its help, its limits and what can be chosen."""
        options = [f"– {pick(option['label'], self.lang)[0]}" for option in one.get("options", ())]
        options += [self._column(column) for column in one.get("columns", ())]
        kind = QUESTIONS.get(str(one["type"]))
        head = f"{self.asked(one)} [{say(kind, self.lang) if kind else one['type']}]"
        limits = " · ".join(say(message, self.lang) for message in self._limits(one))
        return [head, *filter(None, [pick(one.get("help", {}), self.lang)[0], limits]), *options]

    def asked(self, one: Mapping[str, Any]) -> str:
        return pick(one["label"], self.lang)[0]

    def _column(self, one: Mapping[str, Any]) -> str:
        kind = say(QUESTIONS[str(one["type"])], self.lang)
        notes = (
            ("required", msg("Must be filled in in each row.")),
            ("total", msg("Is added up.")),
        )
        said = [say(note, self.lang) for key, note in notes if one.get(key)]
        return " ".join([f"– {self.asked(one)} [{kind}]", *said])

    def _condition(self, when: Mapping[str, Any]) -> Message:
        asked = str(when["question"])
        answers = [self.naming("asked", f"{asked}:{value}", self.lang) for value in when["is"]]
        if when["is"] == [TICKED]:
            answers = [say(msg("Confirmed"), self.lang)]
        question = self.naming("asked", asked, self.lang)
        return msg(
            "Is asked only after: {question} – {answers}.",
            question=question.rstrip(" .?:"), answers=" / ".join(answers),
        )  # fmt: skip

    def _limits(self, one: Mapping[str, Any]) -> list[Message]:
        found = [msg("Must be answered.") if one.get("required") else msg("May be left out.")]
        if words := one.get("max_words"):
            found.append(msgn("At most one word.", "At most {limit} words.", n=words, limit=words))
        if signs := one.get("max_chars"):
            plural = msgn(
                "At most one character.", "At most {limit} characters.", n=signs, limit=signs
            )
            found.append(plural)
        if one.get("minimum") is not None or one.get("maximum") is not None:
            low, high = one.get("minimum", "–"), one.get("maximum", "–")
            found.append(msg("From {low} to {high}.", low=low, high=high))
        if criterion := one.get("criterion"):
            label = self.criterion(str(criterion))
            found.append(msg("Counts for: {criterion}.", criterion=label))
        if one.get("redact"):
            found.append(msg("Reviewers do not see the answer while names are hidden."))
        if when := one.get("when"):
            found.append(self._condition(when))
        if guide := GUIDES.get(str(one.get("guide", ""))):
            found.append(msg("Guide beside it: {guide}.", guide=say(guide.title, self.lang)))
        if part := PROFILE.get(str(one.get("profile", ""))):
            text = msg("Is offered from the profile: {part}.", part=say(part, self.lang))
            found.append(text)
        return found
