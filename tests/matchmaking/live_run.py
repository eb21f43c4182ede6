"""A scenario with a run that is done, for the parameters of organisers' pages."""

from digital_days.kernel import codes
from tests.product import EDITION, Product

_SCENARIO = """
    INSERT INTO scenario (code, edition, name, created_at, updated_at)
    SELECT $1, id, $2, now(), now() FROM edition WHERE slug = $3 RETURNING id
"""
_RUN = """
    INSERT INTO solver_run (code, scenario, state, created_at, started_at, ended_at)
    VALUES ($1, $2, 'done', now(), now(), now())
"""


async def run_sample(product: Product, name: str) -> dict[str, str]:
    """Its plan is empty."""
    scenario, run = codes.new_code(), codes.new_code()
    number = await product.database.fetchval(_SCENARIO, scenario, f"Plan B de {name}", EDITION)
    await product.database.execute(_RUN, run, number)
    return {"scenario": scenario, "run": run}
