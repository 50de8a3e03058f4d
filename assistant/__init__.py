"""The alliance assistant: answers about “Toward a Greater Alliance”, citing its recommendations by number."""
