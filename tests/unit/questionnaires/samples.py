"""A form with one question of each kind, and ways to make any form and any answers."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from govmatch.kit.i18n import LANGUAGES, Lang
from govmatch.questionnaires import Questionnaire, load
from govmatch.questionnaires.loading import InvalidDefinition

FORM: dict[str, Any] = {
    "sections": [
        {
            "id": "solution",
            "title": {"en": "Your solution", "de": "Ihre Lösung", "da": "Din løsning"},
            "intro": {"en": "Write for people who know the problem.\n\nShort is good."},
            "questions": [
                {
                    "id": "name",
                    "type": "text",
                    "label": {"en": "Short title", "de": "Kurztitel", "da": "Kort titel"},
                    "required": True,
                    "max_chars": 60,
                },
                {
                    "id": "idea",
                    "type": "long_text",
                    "label": {"en": "How do you solve it?", "de": "Wie lösen Sie es?"},
                    "help": {"en": "Say what changes, and for whom."},
                    "required": True,
                    "max_words": 20,
                    "criterion": "fit",
                },
                {
                    "id": "stage",
                    "type": "choice",
                    "label": {"en": "How far is it?", "de": "Wie weit ist es?"},
                    "required": True,
                    "options": [
                        {"value": "idea", "label": {"en": "An idea", "de": "Eine Idee"}},
                        {"value": "in-use", "label": {"en": "In daily use"}},
                    ],
                },
                {
                    "id": "fields",
                    "type": "several",
                    "label": {"en": "Where was it tried?"},
                    "maximum": 2,
                    "options": [
                        {"value": "city", "label": {"en": "Cities"}},
                        {"value": "state", "label": {"en": "States"}},
                        {"value": "firm", "label": {"en": "Firms"}},
                    ],
                },
            ],
        },
        {
            "id": "money",
            "title": {"en": "Money and time"},
            "questions": [
                {
                    "id": "staff",
                    "type": "number",
                    "label": {"en": "People in the team"},
                    "decimals": 0,
                    "minimum": 1,
                    "maximum": 5000,
                    "unit": {"en": "people", "de": "Personen", "da": "personer"},
                },
                {
                    "id": "price",
                    "type": "money",
                    "label": {"en": "Price of the pilot"},
                    "currency": "DKK",
                    "required": True,
                    "maximum": 600000,
                },
                {
                    "id": "start",
                    "type": "date",
                    "label": {"en": "First possible day"},
                    "minimum": "2027-01-01",
                },
            ],
        },
        {
            "id": "end",
            "title": {"en": "Papers and contact"},
            "questions": [
                {
                    "id": "papers",
                    "type": "file",
                    "label": {"en": "Papers"},
                    "accept": ["pdf", "png"],
                    "max_mb": 10,
                    "maximum": 2,
                },
                {
                    "id": "contact",
                    "type": "email",
                    "label": {"en": "E-mail address"},
                    "required": True,
                    "receipt_copy": True,
                },
                {
                    "id": "honest",
                    "type": "declaration",
                    "label": {"en": "All of this is true."},
                    "required": True,
                },
                {
                    "id": "customer",
                    "type": "text",
                    "label": {"en": "Your first customer"},
                    "redact": True,
                },
                {
                    "id": "page",
                    "type": "url",
                    "label": {"en": "A page about it"},
                },
            ],
        },
        {
            "id": "plan",
            "title": {"en": "Plan"},
            "questions": [
                {
                    "id": "steps",
                    "type": "table",
                    "label": {"en": "Milestones", "da": "Milepæle"},
                    "required": True,
                    "minimum": 2,
                    "maximum": 4,
                    "columns": [
                        {
                            "id": "what",
                            "type": "text",
                            "label": {"en": "What", "da": "Hvad"},
                            "required": True,
                            "max_words": 5,
                        },
                        {"id": "week", "type": "number", "label": {"en": "Week"}, "decimals": 0},
                        {
                            "id": "amount",
                            "type": "money",
                            "label": {"en": "Amount", "da": "Beløb"},
                            "currency": "DKK",
                            "total": True,
                        },
                    ],
                },
                {
                    "id": "where",
                    "type": "long_text",
                    "label": {"en": "Where is it in use?"},
                    "required": True,
                    "when": {"question": "stage", "is": ["in-use"]},
                },
            ],
        },
    ]
}

# Everything right, as the fields of a form send it to a Danish page.
SENT: dict[str, list[str]] = {
    "q-name": ["Skanner"],
    "q-idea": ["Vi læser mærker\r\npå produkter."],
    "q-stage": ["in-use"],
    "asked-fields": ["1"],
    "q-fields": ["firm", "city"],
    "q-staff": ["12"],
    "q-price": ["450.000,50"],
    "q-start": ["2027-03-04"],
    "q-contact": ["kontakt@skanner.example"],
    "asked-honest": ["1"],
    "q-honest": ["yes"],
    "q-customer": ["Havnen i Aarhus"],
    "q-page": ["www.skanner.example/produkt"],
    "asked-steps": ["1"],
    "cell-steps-1-what": ["Analyse"],
    "cell-steps-1-week": ["2"],
    "cell-steps-1-amount": ["100.000"],
    "cell-steps-2-what": [""],
    "cell-steps-2-week": [""],
    "cell-steps-2-amount": [""],
    "cell-steps-3-what": ["Forsøg"],
    "cell-steps-3-week": ["10"],
    "cell-steps-3-amount": ["50.000,50 kr."],
    "q-where": ["I **havnen**"],
}

KEPT: dict[str, Any] = {
    "name": "Skanner",
    "idea": "Vi læser mærker\npå produkter.",
    "stage": "in-use",
    "fields": ["city", "firm"],
    "staff": "12",
    "price": {"amount": "450000.50", "currency": "DKK"},
    "start": "2027-03-04",
    "contact": "kontakt@skanner.example",
    "honest": True,
    "customer": "Havnen i Aarhus",
    "page": "https://www.skanner.example/produkt",
    "steps": {
        "rows": [
            {
                "what": "Analyse",
                "week": "2",
                "amount": {"amount": "100000.00", "currency": "DKK"},
            },
            {
                "what": "Forsøg",
                "week": "10",
                "amount": {"amount": "50000.50", "currency": "DKK"},
            },
        ]
    },
    "where": "I **havnen**",
}


def form() -> Questionnaire:
    return load(FORM)


langs: st.SearchStrategy[Lang] = st.sampled_from(LANGUAGES)
# Whatever can be in a Python string: halves of surrogate pairs and NUL too.
any_text = st.text(alphabet=st.characters(), max_size=60)
looks_right = st.sampled_from(
    [
        "1.234,50", "1,234.50", "-7", "0", "12", "1e5", "٣", "450 000", "kr. 5", "2027-03-04",
        "4.3.2027", "31/12/2027", "31.02.2027", "idea", "in-use", "city", "yes", "on", "a@b.dk",
    ]
)  # fmt: skip
sent = st.dictionaries(
    st.sampled_from(sorted({*SENT, "q-papers", "remove-papers", "form_key", "q-"})),
    st.lists(any_text | looks_right, max_size=4),
)
any_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | any_text,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["raw", "amount", "currency", "hidden", "rows", "what", "week"])
            | any_text,
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
any_answers = st.dictionaries(st.sampled_from(sorted(KEPT)) | any_text, any_json, max_size=8)

_ids = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
_texts = st.dictionaries(
    st.sampled_from(["de", "da", "en", "pt-BR"]), st.text(min_size=1, max_size=20), min_size=1
)
_figures = st.none() | st.integers(-999, 999) | st.sampled_from(["0.5", "-12.25"])
_days = st.none() | st.integers(0, 9999).map(
    lambda n: (date(2020, 1, 1) + timedelta(n)).isoformat()
)
_counts = st.none() | st.integers(1, 9)
_options = st.lists(
    st.fixed_dictionaries({"value": _ids, "label": _texts}),
    min_size=2, max_size=4, unique_by=lambda option: str(option["value"]),
)  # fmt: skip
_own: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "text": {"max_words": _counts, "max_chars": _counts},
    "long_text": {"max_words": _counts, "max_chars": _counts},
    "number": {
        "minimum": _figures, "maximum": _figures, "unit": st.none() | _texts,
        "decimals": st.none() | st.integers(0, 6),
    },
    "money": {
        "minimum": _figures, "maximum": _figures, "currency": st.sampled_from(["DKK", "JPY"]),
    },
    "date": {"minimum": _days, "maximum": _days},
    "choice": {"options": _options},
    "several": {"options": _options, "minimum": _counts, "maximum": _counts},
    "declaration": {},
    "file": {
        "accept": st.none() | st.just(["pdf", "png"]), "max_mb": _counts,
        "minimum": _counts, "maximum": _counts,
    },
    "email": {"receipt_copy": st.booleans()},
    "url": {},
    "table": {
        "minimum": _counts, "maximum": _counts,
        "columns": st.lists(
            st.fixed_dictionaries(
                {
                    "id": st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True),
                    "type": st.just("number"),
                    "label": _texts,
                    "total": st.booleans(),
                }
            ),
            min_size=1, max_size=3, unique_by=lambda column: str(column["id"]),
        ),
    },
}  # fmt: skip


def _question(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"id": _ids, "type": st.just(kind), "label": _texts, **_own[kind]},
        optional={
            "help": _texts,
            "required": st.booleans(),
            "criterion": _ids,
            **({} if kind in {"email", "url"} else {"redact": st.booleans()}),
        },
    )


def _loadable(data: Any) -> bool:
    try:
        load(data)
    except InvalidDefinition:
        return False
    return True


_sections = st.fixed_dictionaries(
    {
        "id": _ids,
        "title": _texts,
        "questions": st.lists(
            st.sampled_from(sorted(_own)).flatmap(_question), min_size=1, max_size=3
        ),
    },
    optional={"intro": _texts},
)
forms = (
    st.fixed_dictionaries({"sections": st.lists(_sections, max_size=3)}).filter(_loadable).map(load)
)
figures = st.decimals(
    min_value=Decimal(-(10**14)), max_value=Decimal(10**14), places=6, allow_nan=False
)
