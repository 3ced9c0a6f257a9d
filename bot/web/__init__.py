"""The FastAPI app: today Telegram's webhook, health and metrics."""
