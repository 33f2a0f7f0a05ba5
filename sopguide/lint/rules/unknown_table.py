"""A fact that takes its value from a table that does not exist.

The id of a table is its path below `tables/`, without the ending.

Good:

    # library.yaml
    facts:
      fee: {type: integer, table: fees}
    # tables/fees.yaml
    hit: first
    rows: [{else: 5}]

Bad:

    # library.yaml
    facts:
      fee: {type: integer, table: fee}
    # tables/fees.yaml
    hit: first
    rows: [{else: 5}]

Found:

    library.yaml:3:31: error[SOP207] unknown table `fee`
"""

from sopguide.graph import codes

CODE = codes.UNKNOWN_TABLE
NAME = "unknown-table"
