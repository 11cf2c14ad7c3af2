"""Asks khaeru/sdmx what it finds in a message, or has it write one. Facts are worded as in ClientFacts.cs.

khaeru_sdmx.py facts MESSAGE [STRUCTURES]      one fact a line
khaeru_sdmx.py write MESSAGE OUT [STRUCTURES]  reads a message and writes it again: SDMX-ML, or SDMX-CSV where OUT ends so
"""

import sys
import warnings

warnings.simplefilter("ignore")

import logging  # noqa: E402

logging.disable(logging.WARNING)

import sdmx  # noqa: E402
from sdmx import message as msg  # noqa: E402
from sdmx.model import common  # noqa: E402


def line(*fields):
    escaped = (
        str(f).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
        for f in fields
    )
    return "\t".join(escaped)


def names(artefact):
    known = artefact.name.localizations
    return [known.get("en", ""), known.get("ru", "")]


def identity(artefact):
    return f"{artefact.maintainer.id}:{artefact.id}({artefact.version})"


def enumeration(component):
    local = component.local_representation
    listed = local.enumerated if local is not None else None
    return listed.id if listed is not None else ""


def components(structure):
    whole = identity(structure)
    ordered = sorted(structure.dimensions.components, key=lambda d: d.order or 0)
    for position, dimension in enumerate(ordered, 1):
        yield line("Dimension", whole, position, dimension.id, enumeration(dimension))
    for attribute in structure.attributes.components:
        yield line("Attribute", whole, attribute.id, enumeration(attribute))
    for measure in structure.measures.components:
        yield line("Measure", whole, measure.id)


def structure_facts(message):
    for kind, item, schemes in (
        ("Codelist", "Code", message.codelist),
        ("ConceptScheme", "Concept", message.concept_scheme),
    ):
        for scheme in schemes.values():
            yield line(kind, identity(scheme), len(scheme.items), *names(scheme))
            for member in scheme.items.values():
                yield line(item, identity(scheme), member.id, *names(member))
    for structure in message.structure.values():
        yield from components(structure)
    for flow in message.dataflow.values():
        yield line("Dataflow", identity(flow), flow.structure.id, *names(flow))


def data_facts(message):
    for data_set in message.data:
        # Data sets of 3.0 have no attributes of their own in this client.
        shared = {k: v.value for k, v in getattr(data_set, "attrib", {}).items()}
        for observation in data_set.obs:
            values = dict(shared)
            values.update({k: v.value for k, v in observation.attrib.items()})
            values.update({k: v.value for k, v in observation.key.values.items()})
            values["OBS_VALUE"] = observation.value
            yield line("Observation", *sorted(f"{k}={v}" for k, v in values.items() if v not in (None, "")))


def facts(message):
    return data_facts(message) if isinstance(message, msg.DataMessage) else structure_facts(message)


def read(path, structures=None):
    if structures is None:
        return sdmx.read_sdmx(path)
    flow = next(iter(sdmx.read_sdmx(structures).dataflow.values()))
    for component in flow.structure.attributes.components:
        # The reader of structure-specific data fails where the concept of an attribute of the data set has no core representation.
        concept = component.concept_identity
        concept.core_representation = concept.core_representation or common.Representation()
    return sdmx.read_sdmx(path, structure=flow.structure)


def write(message, path):
    if path.endswith(".csv"):
        message.data[0].described_by = message.dataflow
        sdmx.to_csv(message.data[0], path=path, attributes="dgso")
    else:
        with open(path, "wb") as output:
            output.write(sdmx.to_xml(message))


def main(task, path, *rest):
    if task == "facts":
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        for fact in facts(read(path, *rest)):
            print(fact)
    else:
        out, *structures = rest
        write(read(path, *structures), out)


if __name__ == "__main__":
    main(*sys.argv[1:])
