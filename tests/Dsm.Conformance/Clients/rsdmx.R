# Asks rsdmx what it finds in a message; one fact a line, worded as in ClientFacts.cs.
#
# rsdmx.R MESSAGE

suppressWarnings(suppressMessages(library(rsdmx)))

line <- function(...) {
  fields <- vapply(list(...), function(f) if (is.null(f) || is.na(f)) "" else enc2utf8(as.character(f)), "")
  for (escape in list(c("\\", "\\\\"), c("\t", "\\t"), c("\n", "\\n"), c("\r", "\\r")))
    fields <- gsub(escape[1], escape[2], fields, fixed = TRUE)
  paste(fields, collapse = "\t")
}

identity_of <- function(artefact) sprintf("%s:%s(%s)", artefact@agencyID, artefact@id, artefact@version)

# Codes call it name, concepts Name.
names_of <- function(member) if (is(member, "SDMXConcept")) member@Name else member@name

scheme_facts <- function(kind, item, scheme, members) c(
  line(kind, identity_of(scheme), length(members), scheme@Name$en, scheme@Name$ru),
  vapply(members, function(m) line(item, identity_of(scheme), m@id, names_of(m)$en, names_of(m)$ru), ""))

component_facts <- function(structure) {
  whole <- identity_of(structure)
  parts <- structure@Components
  dimensions <- c(parts@Dimensions, list(parts@TimeDimension))
  c(
    vapply(seq_along(dimensions), function(i) line("Dimension", whole, i, dimensions[[i]]@conceptRef, dimensions[[i]]@codelist), ""),
    vapply(parts@Attributes, function(a) line("Attribute", whole, a@conceptRef, a@codelist), ""),
    line("Measure", whole, parts@PrimaryMeasure@conceptRef))
}

structure_facts <- function(message) c(
  unlist(lapply(message@codelists@codelists, function(l) scheme_facts("Codelist", "Code", l, l@Code))),
  unlist(lapply(message@concepts@conceptSchemes, function(s) scheme_facts("ConceptScheme", "Concept", s, s@Concept))),
  unlist(lapply(message@datastructures@datastructures, component_facts)))

flow_facts <- function(message)
  vapply(message@dataflows, function(f) line("Dataflow", identity_of(f), f@dsdRef, f@Name$en, f@Name$ru), "")

# Values of generic data come as numbers.
text <- function(value) if (is.numeric(value)) format(value, digits = 15, scientific = FALSE, trim = TRUE) else value

data_facts <- function(message) {
  frame <- as.data.frame(message)
  if (is.null(frame)) return(character())
  names(frame) <- sub("^obsTime$", "TIME_PERIOD", sub("^obsValue$", "OBS_VALUE", names(frame)))
  vapply(seq_len(nrow(frame)), function(row) {
    values <- vapply(names(frame), function(n) {
      value <- frame[row, n]
      if (is.na(value) && !is.nan(value)) NA_character_ else paste0(n, "=", text(value))
    }, "")
    do.call(line, as.list(c("Observation", sort(values[!is.na(values)], method = "radix"))))
  }, "")
}

message <- suppressWarnings(readSDMX(commandArgs(trailingOnly = TRUE)[1], isURL = FALSE))
facts <- if (is(message, "SDMXDataStructureDefinition")) structure_facts(message) else
  if (is(message, "SDMXDataFlows")) flow_facts(message) else suppressWarnings(data_facts(message))
con <- stdout()
writeLines(facts, con, useBytes = TRUE)
