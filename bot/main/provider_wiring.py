"""Opens sign-in through an identity provider as the settings say."""

from __future__ import annotations

from actions.people.provider_groups import WrongMapping, read_mapping
from bot.configuration.oidc_settings import OidcSettings
from bot.configuration.settings import WrongSetting, read
from bot.main.assembly import Service
from bot.web.account.provider import Provider
from bot.web.account.provider_sign_in import BACK, ProviderSignIn


def open_provider(service: Service) -> ProviderSignIn | None:
    """The provider; None where the settings name none.

    Raises:
        WrongSetting: some of them are missing, or cannot be.
    """
    settings = read(OidcSettings)
    if not settings.is_wanted():
        return None
    try:
        mapping = read_mapping(settings.oidc_groups or "", service.regency.agencies)
    except WrongMapping as error:
        raise WrongSetting(f"LAPOR_OIDC_GROUPS: {error}") from None
    secret = settings.oidc_client_secret.get_secret_value() if settings.oidc_client_secret else ""
    provider = Provider(
        issuer=settings.oidc_issuer or "",
        client_id=settings.oidc_client_id or "",
        client_secret=secret,
        redirect_uri=f"{service.settings.public_url}{BACK}",
        groups_claim=settings.oidc_groups_claim,
        mfa=[one.strip() for one in settings.oidc_mfa.split(",") if one.strip()],
        now=lambda: service.clock().timestamp(),
    )
    return ProviderSignIn(provider, mapping)
