"""``python -m benchmarks``: every table, one after the other; not zero when a bound was missed."""

import sys

from benchmarks import documents, pages, polling, texts

kept = [texts.run()]
print()
kept.append(pages.run())
print()
kept.append(polling.run())
print()
kept.append(documents.run())
sys.exit(not all(kept))
