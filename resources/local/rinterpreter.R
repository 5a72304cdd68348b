# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The user's R of one session, over the session's own Spark. Arguments: the descriptor to read statements' numbers from, a folder
# and a mark, and the names of the session's objects in SparkR's backend. A statement's code stands in FOLDER/code.R; all that it
# prints goes to standard output, then the mark and the number; FOLDER/failure holds what went wrong, FOLDER/plot-NNN.png what was
# drawn, FOLDER/thread the name of the JVM's thread that answers.
local({
  words <- commandArgs(trailingOnly = TRUE)
  numbers <- file(paste0("/dev/fd/", words[1]), open = "r", raw = TRUE)
  code_file <- file.path(words[2], "code.R")
  failure_file <- file.path(words[2], "failure")
  plot_files <- file.path(words[2], "plot-%03d.png")
  thread_file <- file.path(words[2], "thread")
  thread <- NULL
  mark <- words[3]

  connect <- function() {
    begin <- SparkR:::connectBackend
    arguments <- list("localhost", as.integer(Sys.getenv("EXISTING_SPARKR_BACKEND_PORT")), timeout = 6000)
    if ("authSecret" %in% names(formals(begin)))
      arguments$authSecret <- Sys.getenv("SPARKR_BACKEND_AUTH_SECRET")
    suppressMessages(utils::capture.output(do.call(begin, arguments)))
    # The JVM's thread for this connection, by the name under which it waits in the backend.
    thread <<- SparkR:::callJStatic("java.lang.Thread", "currentThread")
    writeLines(thread$id, thread_file)
  }

  connect_again <- function() {
    try(close(spark_names()$.sparkRCon), silent = TRUE)
    connect()
  }

  spark_names <- function() get(".sparkREnv", envir = asNamespace("SparkR"))

  # Adopts the session's own context and session, which wait in the backend under these names.
  attach_spark <- function(context, session) {
    library(SparkR)
    names <- spark_names()
    names$.scStartTime <- as.integer(Sys.time())
    connect()
    names$.sparkRjsc <- SparkR:::getJobj(context)
    names$.sparkRsession <- SparkR:::getJobj(session)
    assign("sc", names$.sparkRjsc, envir = globalenv())
    assign("spark", names$.sparkRsession, envir = globalenv())
    assign("sqlContext", names$.sparkRsession, envir = globalenv())
    # After an interrupt the rest of an answer would be taken for the next one: it goes with its connection.
    exchange <- SparkR:::invokeJava
    utils::assignInNamespace("invokeJava", function(...) tryCatch(exchange(...), interrupt = function(condition) {
      connect_again()
      signalCondition(condition)
    }), "SparkR")
  }

  begin_job_group <- function(number, code) {
    begin <- function() SparkR:::callJMethod(spark_names()$.sparkRjsc, "setJobGroup", number, substr(code, 1, 200), TRUE)
    tryCatch(begin(), error = function(condition) {
      connect_again()
      begin()
    })
  }

  draw_into_files <- function() {
    graphics.off()
    unlink(Sys.glob(file.path(words[2], "plot-*.png")))
    options(device = function(...) grDevices::png(plot_files, width = 640, height = 480, type = "cairo"))
  }
  graphics.off <- function() if (!is.null(grDevices::dev.list())) grDevices::graphics.off()

  print_warnings <- function(warned) {
    if (length(warned) == 0) return()
    lines <- vapply(warned, function(one) {
      call <- conditionCall(one)
      where <- if (is.null(call)) "" else deparse(call, nlines = 1)[1]
      paste0(if (nzchar(where) && !is_ours(where)) paste0("In ", where, " : "), conditionMessage(one))
    }, "")
    if (length(lines) > 1) lines <- paste0(seq_along(lines), ": ", lines)
    cat(if (length(lines) > 1) "Warning messages:\n" else "Warning message:\n", paste0(lines, "\n"), sep = "")
  }

  is_ours <- function(texts) grepl("^eval\\(expressions, globalenv", texts)

  # The calls of the user's code: what led to it and what R puts on top for its own handling is left out.
  user_calls <- function(calls) {
    texts <- vapply(calls, function(call) deparse(call, nlines = 1)[1], "")
    texts <- texts[seq_along(texts) > max(which(is_ours(texts)), if (any(is_ours(texts))) 0 else length(texts))]
    texts[!grepl("^(\\.handleSimpleError|h\\(simpleError|stop\\()", texts)]
  }

  write_failure <- function(message, calls) {
    target <- file(failure_file, open = "wb")
    on.exit(close(target))
    writeLines(enc2utf8(message), target, useBytes = TRUE)
    writeLines("", target, sep = "\003", useBytes = TRUE)
    writeLines(enc2utf8(as.character(calls)), target, useBytes = TRUE)
  }

  evaluate <- function(code) {
    warned <- list()
    calls <- character()
    on_warning <- function(condition) {
      if (getOption("warn") != 0) return()
      if (length(warned) < 50) warned[[length(warned) + 1]] <<- condition
      invokeRestart("muffleWarning")
    }
    failure <- tryCatch(
      withCallingHandlers(
        allowInterrupts({
          expressions <- parse(text = code, keep.source = FALSE, encoding = "UTF-8")
          shown <- withVisible(eval(expressions, globalenv()))
          if (shown$visible) print(shown$value)
          NULL
        }),
        warning = on_warning,
        error = function(condition) calls <<- tryCatch(user_calls(sys.calls()), error = function(e) character())),
      error = function(condition) conditionMessage(condition),
      interrupt = function(condition) "The statement was cancelled.")
    print_warnings(warned)
    if (!is.null(failure)) write_failure(failure, calls)
  }

  take_outputs_back <- function() {
    while (sink.number() > 0) sink()
    if (sink.number(type = "message") != 2) sink(type = "message")
  }

  # An interrupt that came too late must not end the next statement.
  drop_late_interrupt <- function() tryCatch(allowInterrupts(for (i in 1:3) Sys.sleep(0.001)), interrupt = function(condition) NULL)

  report <- function(number) cat(mark, number, "\003", sep = "", file = stdout())

  suspendInterrupts({
    problem <- tryCatch({
      attach_spark(words[4], words[5])
      NULL
    }, error = function(condition) conditionMessage(condition))
    if (!is.null(problem)) write_failure(problem, character())
    report("-1")
    repeat {
      number <- readLines(numbers, n = 1L)
      if (length(number) == 0L) quit("no")
      code <- paste(readLines(code_file, encoding = "UTF-8", warn = FALSE), collapse = "\n")
      drop_late_interrupt()
      draw_into_files()
      begin_job_group(number, code)
      evaluate(code)
      take_outputs_back()
      graphics.off()
      report(number)
    }
  })
}, envir = new.env(parent = baseenv()))
