"""Plain survey tables: which column is the answer's id, time, person, words and segment, by what it is called."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from etl.sources.base import Field, Head
from etl.sources.texts import literal, quoted
from etl.vocabulary import IdentityKind

IDS = (
    "response_id",
    "survey_response_id",
    "responseid",
    "answer_id",
    "submission_id",
    "feedback_id",
    "antwort_id",
    "id_respuesta",
    "id_de_respuesta",
    "id_de_la_respuesta",
    "id_réponse",
    "id_reponse",
    "id_de_réponse",
    "id_de_la_réponse",
    "id_resposta",
    "id_da_resposta",
    "id_risposta",
    "id",
    "survey_id",
)
TIMES = (
    "response_date", "responded_at", "responded", "responded_on", "date_responded", "submitted",
    "survey_responded_at", "response_received_at", "response_time", "response_at",
    "submitted_at", "submitted_on", "submission_date", "submit_date", "submission_time", "completed_at",
    "completed_date", "answered_at", "survey_date", "date_of_response", "created_at", "created", "created_date",
    "recorded_at", "feedback_date", "date", "datetime", "timestamp", "time", "response_timestamp",
    "date_submitted", "survey_completed_at", "completion_date", "date_completed", "response_datetime", "updated_at",
    "antwortdatum", "datum_der_antwort", "beantwortet_am", "eingereicht_am", "abgegeben_am", "umfragedatum",
    "befragungsdatum", "erstellt_am", "zeitstempel", "zeitpunkt", "datum",
    "fecha_respuesta", "fecha_de_respuesta", "fecha_de_la_respuesta", "respondido_el", "fecha_encuesta",
    "fecha_de_encuesta", "fecha_de_la_encuesta", "fecha",
    "date_réponse", "date_reponse", "date_de_réponse", "date_de_reponse", "date_de_la_réponse", "répondu_le",
    "date_enquête", "date_de_l_enquête", "horodatage",
    "data_resposta", "data_da_resposta", "data_de_resposta", "respondido_em", "data_da_pesquisa", "data_risposta",
    "data_della_risposta", "data",
)  # fmt: skip
PEOPLE = (
    "customer_id",
    "user_id",
    "account_id",
    "client_id",
    "person_id",
    "contact_id",
    "member_id",
    "customerid",
    "userid",
    "end_user_id",
    "kundennummer",
    "kunden_nr",
    "kunden_id",
    "kundenid",
    "nutzer_id",
    "id_cliente",
    "cliente_id",
    "id_de_cliente",
    "id_del_cliente",
    "número_de_cliente",
    "id_client",
    "numéro_client",
    "numéro_de_client",
    "identifiant_client",
    "id_do_cliente",
    "código_do_cliente",
)
EMAILS = (
    "email", "email_address", "customer_email", "user_email", "respondent_email", "person_email", "contact_email",
    "e_mail", "e_mail_adresse", "email_adresse", "kunden_e_mail", "correo", "correo_electrónico", "correo_electronico",
    "email_cliente", "adresse_e_mail", "adresse_email", "courriel", "endereço_de_e_mail", "endereço_de_email",
    "email_do_cliente", "indirizzo_email",
)  # fmt: skip
COMMENTS = (
    "comment", "comments", "feedback", "verbatim", "reason", "reasons", "remarks", "feedback_text",
    "open_feedback", "nps_comment", "nps_feedback", "why", "response_text", "customer_comment", "additional_comments",
    "comment_text", "reason_for_score", "score_reason", "free_text", "csat_comment", "feedback_comment",
    "kommentar", "kommentare", "anmerkung", "anmerkungen", "begründung", "rückmeldung", "freitext",
    "comentario", "comentarios", "observaciones", "motivo", "commentaire", "commentaires", "remarque", "remarques",
    "raison", "comentário", "comentários", "observações", "commento",
)  # fmt: skip
SEGMENTS: Mapping[str, tuple[str, ...]] = {
    "product": ("product", "product_name", "app", "produkt", "producto", "produit", "produto"),
    "region": ("region", "country", "market", "location", "land", "región", "país", "région", "pays", "região"),
    "segment": ("segment", "customer_segment", "plan", "tier", "customer_type", "kundensegment", "segmento"),
    "language": ("language", "locale", "sprache", "idioma", "langue"),
}
# A column of these names says that it was asked whether one would recommend.
NPS_SCORES = (
    "nps_score", "nps", "nps_rating", "nps_response", "net_promoter_score", "likelihood_to_recommend", "ltr",
    "likelihood_to_recommend_score", "recommend_score", "recommendation_score", "nps_value",
    "nps_wert", "nps_bewertung", "nps_punkte", "weiterempfehlungsbereitschaft", "weiterempfehlungswahrscheinlichkeit",
    "weiterempfehlung", "puntuación_nps", "puntuacion_nps", "valor_nps", "nota_nps", "calificación_nps",
    "calificacion_nps", "probabilidad_de_recomendación", "probabilidad_de_recomendar", "recomendación", "score_nps",
    "note_nps", "probabilité_de_recommandation", "recommandation", "pontuação_nps", "pontuacao_nps",
    "probabilidade_de_recomendação", "recomendação", "punteggio_nps",
)  # fmt: skip
# What tools say of an answer that does not count: taken out, a try, not whole.
OUT = ("excluded_from_calculations", "excluded", "is_test", "test_response", "is_preview")
STATES = ("response_status", "survey_status", "completion_status", "status")
NOT_WHOLE = ("partial", "partially completed", "incomplete", "in progress", "test", "preview", "deleted", "excluded")
WHOLE = re.compile(r"\s*(10|\d)(?:\.0+)?(?:\s*[-–:].*|\s*/\s*10)?\s*")
EPOCH = re.compile(r"\d{10}|\d{13}")
NUMBER = re.compile(r"\s*-?\d+([.,]\d+)?\s*%?\s*")


@dataclass(frozen=True)
class Columns:
    """The columns of a table by what they are called: bare names as they are in the file."""

    named: Mapping[str, str]

    def first(self, names: tuple[str, ...]) -> str | None:
        """The file's column with the first of these names."""
        return next((self.named[name] for name in names if name in self.named), None)


def columns_of(head: Head) -> Columns:
    """The columns of a head, their names in small letters with _ for all that is none."""
    return Columns({bare(column): column for column in reversed(head.columns)})


def bare(name: str) -> str:
    """A column's name in small letters with _ for spaces and marks: NPS Score and npsScore are nps_score."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip().replace("eNPS", "ENPS"))
    return re.sub(r"[\W_]+", "_", parted).strip("_").casefold()


def values_of(head: Head, column: str) -> list[str]:
    """The answers in the first records of one column."""
    place = head.columns.index(column)
    return [cell for record in head.samples for cell in record[place : place + 1] if cell and cell.strip()]


def record_id(head: Head) -> str | None:
    """The column that tells answers apart; `survey_id` names the survey itself where two answers share it."""
    known = columns_of(head).first(IDS)
    values = values_of(replace(head, samples=head.samples[1:]), known) if known else []
    return None if known and bare(known) == "survey_id" and len(set(values)) < len(values) else known


def time_column(head: Head) -> str | None:
    """The column that says when: the first of such a name that holds figures, as one that says whether has none."""
    columns = columns_of(head)
    named = [columns.named[name] for name in TIMES if name in columns.named]
    holding = (name for name in named if any(re.search(r"\d", value) for value in values_of(head, name)))
    return next(holding, named[0] if named else None)


def time_of(head: Head, column: str) -> Field:
    """The time in this column, which some tools write as seconds or milliseconds since 1970."""
    values = [value.strip() for value in values_of(replace(head, samples=head.samples[1:]), column)]
    if not values or not all(EPOCH.fullmatch(value) for value in values):
        return Field("when", (column,))
    return Field("when", (column,), epoch="ms" if len(values[0]) == 13 else "s")


BEYOND_5, BEYOND_7 = (0, 6, 7, 8, 9, 10), (0, 8, 9, 10)


def is_0_to_10(values: list[str], beyond: tuple[int, ...] = BEYOND_5) -> bool:
    """Whether most numbers are whole ones from 0 to 10, and some of them `beyond` the steps of a shorter scale."""
    numbers = [value for value in values if NUMBER.fullmatch(value) or WHOLE.fullmatch(value)]
    steps = [int(found[1]) for value in numbers for found in [WHOLE.fullmatch(value)] if found]
    return len(steps) > len(numbers) / 2 and any(step in beyond for step in steps)


def customer(columns: Columns) -> dict[str, Field]:
    """The customer's id and e-mail address, where the table has them."""
    found = [(columns.first(names), kind) for names, kind in ((PEOPLE, IdentityKind.ID), (EMAILS, IdentityKind.EMAIL))]
    fields = [Field("identity", (column,), identity=kind) for column, kind in found if column]
    return dict(zip(("customer_identifier", "other_customer"), fields, strict=False))


def segments(columns: Columns, without: tuple[str, ...] = ()) -> dict[str, Field]:
    """What the table says of the respondent's product, region, segment and language."""
    found = {name: columns.first(names) for name, names in SEGMENTS.items()}
    return {name: Field("text", (column,)) for name, column in found.items() if column and column not in without}


def whole(columns: Columns) -> dict[str, Field]:
    """Whether an answer counts, where the table says of each that it is a test, taken out or not whole."""
    out, state = columns.first(OUT), columns.first(STATES)
    words = ", ".join(literal(word) for word in NOT_WHOLE)
    parts = [f"lower(trim(coalesce({quoted(out)}, ''))) NOT IN ('true', 'yes', '1')"] if out else []
    parts += [f"lower(trim(coalesce({quoted(state)}, ''))) NOT IN ({words})"] if state else []
    told = tuple(column for column in (out, state) if column)
    return {"is_counted": Field("sql", told, expression=" AND ".join(parts))} if told else {}
