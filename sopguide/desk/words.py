"""The words of a text, folded for searching, and those that say nothing of what a ticket is for.

The latter only hold sentences together, or are courtesies: articles, pronouns, prepositions,
auxiliaries, in the languages that tickets mostly come in (English, Spanish, German; French, Italian
and Portuguese). Whatever could name a matter is left to its rarity, and a word that an SOP has for
a keyword counts whatever stands here. They are written folded: small, without accents.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_EACH_A_WORD = re.compile("([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])")
_APOSTROPHE = re.compile("(?<=\\w)['\u2019](?=\\w)")

_WORDS = """
a about after all also am an and any are as at be because been before being but by can cant could
did didnt do does doesnt doing dont each even every few for from get go got had has have having he
hello help her here hey hi him his how i id if ill im in into is isnt it its ive just knew
know known knows like me more most much my need no nor not now of off ok on once one only or other
our out over own please
pls plz re really regards s same say says she should since so some somebody someone something
still such t tell thank thanks than that thats the their them then there these they this those to
too u under until up ur us very want wants was wasnt we were what when where which while who whom
why will wish with wont would writes you your yours

al algo alguien ante antes aqui asi aun cada como con contra cual cuando de del desde donde dos el
ella ellas ellos en entre era eres es esa ese eso esta estaba estan estar este esto estoy fue
gracias ha hace hacer han hasta hay he hola la las le les lo los mas me mi mis mucho muy nada ni
no nos nosotros o os otra otro para pero por porque puede puedo pues que quien quiero saludos se
ser si sin sobre son soy su sus tambien te tengo ti tiene todo tu tus un una uno unos usted va voy
y ya yo

aber alle alles als also am an auch auf aus bei beim bin bis bitte da dann das dass dein dem den
der des dich die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen
einer eines er es etwas euch euer fur gar gegen gibt habe haben hallo hat hatte hier ich ihm ihn
ihnen ihr ihre im immer in ist ja jede jeder jemand kann kein keine konnen leider mal man mehr
mein meine meinem meinen meiner mich mir mit muss nach nicht nichts noch nun nur ob oder ohne
schon sehr seid sein seine sich sie sind so soll uber um und uns unser unter vom von vor war warum
was weil wenn wer werden wie wieder will wir wird wo wurde zu zum zur

au aux avec ce ces cette dans elle est et ete il ils je leur lui mais mes moi mon ne notre nous ou
par pas plus pour qui sa ses sont sur ta toi ton une vos votre vous anche che chi ci come cosa da
dal della delle di e gli ho il io loro mia mio ma nel nella non perche piu quando questo sono sua
suo ao aos com da das do dos e ela ele em esta eu foi isso mas meu minha muito na nao nas no nos
num o os ou pela pelo por que sao sem seu sua tem uma voce
"""
STOP_WORDS = frozenset(_WORDS.split())


def words_of(text: str) -> list[str]:
    """The words of a text, small and without accents; scripts without spaces a sign at a time."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(sign for sign in text if not unicodedata.combining(sign))
        text = _EACH_A_WORD.sub(r" \1 ", text)
    return _WORD.findall(_APOSTROPHE.sub("", text).casefold())
