"""Somebody who takes part, for the parameters of the organisers' pages."""

from tests.product import EDITION, Product


async def participant_sample(product: Product, email: str) -> dict[str, str]:
    """This person, who takes part already; whoever sits across is the one who is removed."""
    return {
        "participant": await _code(product, email),
        "matchmaking:remove-participant:participant": await _code(product, f"autre.{email}"),
    }


async def _code(product: Product, email: str) -> str:
    code: str = await product.database.fetchval(
        """
        SELECT m.code FROM match_participant m JOIN person p ON p.id = m.person JOIN edition e ON e.id = m.edition
        WHERE p.account_email = $1 AND e.slug = $2
        """,
        email,
        EDITION,
    )
    return code
