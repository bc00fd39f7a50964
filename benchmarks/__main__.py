"""``python -m benchmarks``: every table, one after the other; not zero when a text bound was missed."""

import sys

from benchmarks import documents, texts

kept = texts.run()
print()
for _row in documents.run():
    pass  # each line is printed as it is measured
sys.exit(not kept)
