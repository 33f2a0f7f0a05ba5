"""A file where the library has no place for it.

SOPs lie below `sops/`, macros below `macros/`, tables below `tables/`, scenarios below `scenarios/`
under the path of their SOP. What lies elsewhere is never read, so somebody would wait for it in
vain.
"""

from sopguide.source import codes

CODE = codes.MISPLACED_FILE
NAME = "misplaced-file"
