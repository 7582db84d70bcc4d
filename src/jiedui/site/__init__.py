"""All of Django: settings, the store with its door, pages, API. It fetches, asks, stores, shows."""
