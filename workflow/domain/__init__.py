"""The rules: tables and pure functions. No Flask, no SQL, no documents, no clock."""
