# Asks a running service with rsdmx, as its users do; one fact a line.
#
# service.R flows|structure|data|address ENDPOINT-OR-ADDRESS

suppressWarnings(suppressMessages(library(rsdmx)))
arguments <- commandArgs(trailingOnly = TRUE)
service <- SDMXServiceProvider(
  agencyId = "SEED", name = "seed", builder = SDMXREST21RequestBuilder(regUrl = arguments[2], repoUrl = arguments[2], compliant = TRUE))
addSDMXServiceProvider(service)
line <- function(...) writeLines(paste(..., sep = "\t"))
values <- function(message) {
  frame <- as.data.frame(message)
  names(frame) <- sub("^obsTime$", "TIME_PERIOD", sub("^obsValue$", "OBS_VALUE", names(frame)))
  for (row in seq_len(nrow(frame))) line("value", frame[row, "TIME_PERIOD"], frame[row, "OBS_VALUE"])
}
quietly <- function(question) suppressWarnings(suppressMessages(question))

invisible(capture.output(found <- quietly(switch(arguments[1],
  flows = readSDMX(providerId = "SEED", resource = "dataflow"),
  structure = readSDMX(providerId = "SEED", resource = "datastructure", resourceId = "DSD_STOCK"),
  data = readSDMX(providerId = "SEED", resource = "data", flowRef = "DF_STOCK", key = list("A", "NORTH", "F"), start = 2016, end = 2018, dsd = TRUE),
  address = readSDMX(arguments[2])))))

switch(arguments[1],
  flows = for (flow in slot(found, "dataflows")) line("flow", flow@agencyID, flow@id),
  structure = {
    structure <- found@datastructures@datastructures[[1]]
    for (dimension in structure@Components@Dimensions) line("dimension", dimension@conceptRef)
    line("dimension", structure@Components@TimeDimension@conceptRef)
    for (list in found@codelists@codelists) line("codelist", list@id, length(list@Code))
  },
  data = {
    values(found)
    line("label", as.data.frame(found, labels = TRUE)[1, "REF_AREA_label.ru"])
  },
  address = values(found))
