"""``python -m workflow``: the same as the command."""

import sys

from workflow.cli import main

sys.exit(main())
