"""How Qualtrics says in any of its languages that a response is finished, or is only a preview, a test or spam."""

import re

FINISHED = (
    "1", "true", "wahr", "ja", "yes", "vrai", "oui", "verdadero", "sí", "verdadeiro", "sim", "vero", "waar", "sand",
    "sandt", "sant", "tosi", "prawda", "igaz", "pravda", "doğru", "истина", "да", "真", "是", "はい", "참", "예", "จริง",
)  # fmt: skip
UNFINISHED = (
    "0", "false", "falsch", "nein", "no", "faux", "non", "falso", "não", "onwaar", "niet waar", "falsk", "usann",
    "usant", "epätosi", "fałsz", "hamis", "nepravda", "yanlış", "ложь", "нет", "假", "否", "いいえ", "거짓",
    "아니요", "เท็จ",
)  # fmt: skip
# Bits of the numeric status: 1 preview, 2 test, 8 spam; 4 imported, 16 offline and 32 employee are true answers.
NO_ANSWER_BITS = 1 | 2 | 8
# The stems of preview, test and spam in labels of the status, whatever stands around them.
NO_ANSWER_STATUS = re.compile(
    "preview|vorschau|aperçu|apercu|prévisualisation|vista previa|previsualiza|pré-visualiza|visualiza|anteprima|"
    "voorbeeld|förhandsgransk|forhåndsvis|esikatsel|podgląd|előnézet|náhled|önizleme|предварит|просмотр|"
    "プレビュー|预览|預覽|미리|test|prueba|teste|prova|essai|próba|тест|テスト|测试|測試|테스트|"
    "spam|indésirable|no deseado|спам|スパム|垃圾|스팸"
)


def is_counted(has: dict[str, bool]) -> str:
    """SQL: a response that a customer finished; `has` tells which of the metadata columns the file has.

    A label that no list knows leaves it to the progress, which is a number in every language.
    """
    whole = 'coalesce(try_cast("Progress" AS DECIMAL(9,3)), 100) >= 100' if has.get("Progress") else "TRUE"
    conditions = [whole]
    if has.get("Finished"):
        told = 'lower(trim("Finished"))'
        conditions.append(
            f"CASE WHEN {told} IN ({_list(FINISHED)}) THEN TRUE "
            f"WHEN {told} IN ({_list(UNFINISHED)}) THEN FALSE ELSE {_by_progress(has)} END"
        )
    if has.get("Status"):
        code = 'try_cast(trim("Status") AS INTEGER)'
        conditions.append(
            f"CASE WHEN {code} IS NOT NULL THEN ({code} & {NO_ANSWER_BITS}) = 0 "
            f"ELSE NOT regexp_matches(lower(coalesce(\"Status\", '')), '{NO_ANSWER_STATUS.pattern}') END"
        )
    if has.get("DistributionChannel"):
        conditions.append("coalesce(lower(trim(\"DistributionChannel\")), '') NOT IN ('preview', 'test')")
    return " AND ".join(f"({condition})" for condition in conditions)


def _by_progress(has: dict[str, bool]) -> str:
    return '"Progress" IS NOT NULL' if has.get("Progress") else "FALSE"


def _list(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)
