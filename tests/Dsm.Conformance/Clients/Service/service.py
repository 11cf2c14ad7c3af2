"""Asks a running service with khaeru/sdmx, as its users do; one fact a line.

service.py flows|structure|data ENDPOINT
"""

import logging
import sys
import warnings

warnings.simplefilter("ignore")
logging.disable(logging.WARNING)

import sdmx  # noqa: E402

what, endpoint = sys.argv[1:]
sdmx.add_source({"id": "SEED", "name": "seed", "url": endpoint})
client = sdmx.Client("SEED")


def line(*fields):
    print(*fields, sep="\t")


if what == "flows":
    for flow in client.dataflow(agency_id="all").dataflow.values():
        line("flow", flow.maintainer.id, flow.id)
elif what == "structure":
    message = client.datastructure("DSD_STOCK", params={"references": "descendants"})
    for dimension in message.structure["DSD_STOCK"].dimensions:
        line("dimension", dimension.id)
    for codes in message.codelist.values():
        line("codelist", codes.id, len(codes))
else:
    message = client.data("DF_STOCK", key="A.NORTH.F", params={"startPeriod": "2016", "endPeriod": "2018"})
    for observation in message.data[0].obs:
        line("value", next(iter(observation.dimension.values.values())).value, f"{float(observation.value):g}")
