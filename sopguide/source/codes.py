"""The codes of the source family, SOP1xx: one for each idea, with the name rules are allowed by."""

from __future__ import annotations

UNREADABLE_FILE = "SOP101"
TOO_BIG = "SOP102"
NOT_UTF8 = "SOP103"
CONTROL_CHARACTER = "SOP104"
SYNTAX = "SOP105"
TOO_DEEP = "SOP106"
TOO_MANY_NODES = "SOP107"
ANCHOR = "SOP108"
TAG = "SOP109"
SEVERAL_DOCUMENTS = "SOP110"
DUPLICATE_KEY = "SOP111"
KEY_NOT_TEXT = "SOP112"
MERGE_KEY = "SOP113"
EMPTY_FILE = "SOP114"
MISPLACED_FILE = "SOP115"
SAME_ID = "SOP116"
NO_LIBRARY = "SOP117"
TOO_MANY_MISTAKES = "SOP118"
UNKNOWN_KEY = "SOP120"
MISSING_KEY = "SOP121"
WRONG_SHAPE = "SOP122"
WRONG_VALUE = "SOP123"
WRONG_NAME = "SOP124"
RESERVED_WORD = "SOP125"
EMPTY_TEXT = "SOP126"
STEP_KIND = "SOP127"
TOGETHER = "SOP128"
ELSE_PLACE = "SOP129"
REPEATED = "SOP130"
CATALOGUE_SYNTAX = "SOP131"
WRONG_LANGUAGE = "SOP132"
TRANSLATED_TWICE = "SOP133"
TRANSLATED_PLACEHOLDER = "SOP134"

NAMES = {
    UNREADABLE_FILE: "unreadable-file",
    TOO_BIG: "file-too-big",
    NOT_UTF8: "not-utf8",
    CONTROL_CHARACTER: "control-character",
    SYNTAX: "syntax",
    TOO_DEEP: "nested-too-deep",
    TOO_MANY_NODES: "too-many-nodes",
    ANCHOR: "anchor-or-alias",
    TAG: "tag",
    SEVERAL_DOCUMENTS: "several-documents",
    DUPLICATE_KEY: "duplicate-key",
    KEY_NOT_TEXT: "key-not-text",
    MERGE_KEY: "merge-key",
    EMPTY_FILE: "empty-file",
    MISPLACED_FILE: "misplaced-file",
    SAME_ID: "same-id",
    NO_LIBRARY: "no-library",
    TOO_MANY_MISTAKES: "too-many-mistakes",
    UNKNOWN_KEY: "unknown-key",
    MISSING_KEY: "missing-key",
    WRONG_SHAPE: "wrong-shape",
    WRONG_VALUE: "wrong-value",
    WRONG_NAME: "wrong-name",
    RESERVED_WORD: "reserved-word",
    EMPTY_TEXT: "empty-text",
    STEP_KIND: "step-kind",
    TOGETHER: "keys-together",
    ELSE_PLACE: "else-place",
    REPEATED: "repeated",
    CATALOGUE_SYNTAX: "catalogue-syntax",
    WRONG_LANGUAGE: "wrong-language",
    TRANSLATED_TWICE: "translated-twice",
    TRANSLATED_PLACEHOLDER: "translated-placeholder",
}
