"""What gateways call the states of a message (SMPP 3.4, 5.2.28 and appendix B), as receipts. Pure."""

from __future__ import annotations

from typing import Final

from bot.messaging.ports import Receipt

BY_WORD: Final = {
    "DELIVRD": Receipt.DELIVERED,
    "DELIVERED": Receipt.DELIVERED,
    "EXPIRED": Receipt.EXPIRED,
    "UNDELIV": Receipt.FAILED,
    "UNDELIVERABLE": Receipt.FAILED,
    "REJECTD": Receipt.FAILED,
    "REJECTED": Receipt.FAILED,
    "DELETED": Receipt.FAILED,
    "FAILED": Receipt.FAILED,
}
"""Any other state, such as "accepted" or "on its way", is no end yet."""
BY_NUMBER: Final = {2: Receipt.DELIVERED, 3: Receipt.EXPIRED, 4: Receipt.FAILED, 5: Receipt.FAILED, 8: Receipt.FAILED}
"""By `message_state`."""
