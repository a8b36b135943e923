"""Groups the identifiers that belong to one customer: connected components of the links between them."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

SCHEMA = pa.schema([("identifier", pa.string()), ("customer_id", pa.string())])


def customers(links: pa.Table) -> pa.Table:
    """One row per linked identifier, in its order, with the customer it belongs to.

    `links` holds string columns `a` and `b` (keyed hashes) and `reason`; a link with a null end says nothing.
    `customer_id` is the smallest identifier of the component, whatever the order of the links. An identifier linked
    to no other has no row: it is its own customer.
    """
    known = links.select(["a", "b"]).drop_null()
    ends = pa.chunked_array(known["a"].chunks + known["b"].chunks, pa.string())
    identifiers = pc.unique(ends)
    identifiers = identifiers.take(pc.sort_indices(identifiers))
    if len(identifiers) == 0:
        return SCHEMA.empty_table()
    places = np.asarray(pc.index_in(ends, value_set=identifiers))
    a, b = np.split(places, 2)
    graph = coo_array((np.ones(len(a)), (a, b)), shape=(len(identifiers),) * 2)
    _, component = connected_components(graph, directed=False)
    # Identifiers are sorted, so the first of a component is its smallest.
    _, smallest, sizes = np.unique(component, return_index=True, return_counts=True)
    is_linked = sizes[component] > 1
    owners = identifiers.take(pa.array(smallest[component][is_linked]))
    return pa.Table.from_arrays([identifiers.filter(pa.array(is_linked)), owners], schema=SCHEMA)
