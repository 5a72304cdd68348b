<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>DeleteQuestion</name>
    <message numerus="yes">
        <source>%n without an owner</source>
        <translation>
            <numerusform>%n without an owner</numerusform>
            <numerusform>%n without an owner</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of %1</source>
        <translation>
            <numerusform>%n of %1</numerusform>
            <numerusform>%n of %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of other owners</source>
        <translation>
            <numerusform>%n of other owners</numerusform>
            <numerusform>%n of other owners</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more; in all %1</source>
        <translation>
            <numerusform>and %n more; in all %1</numerusform>
            <numerusform>and %n more; in all %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete these %n?</source>
        <translation>
            <numerusform>Delete this one?</numerusform>
            <numerusform>Delete these %n?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more that you chose are locked and stay.</source>
        <translation>
            <numerusform>%n more that you chose is locked and stays.</numerusform>
            <numerusform>%n more that you chose are locked and stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n</source>
        <translation>
            <numerusform>Delete %n</numerusform>
            <numerusform>Delete %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stop and delete these %n?</source>
        <translation>
            <numerusform>Stop and delete this %n?</numerusform>
            <numerusform>Stop and delete these %n?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stop and delete %n</source>
        <translation>
            <numerusform>Stop and delete %n</numerusform>
            <numerusform>Stop and delete %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::ConnectionFields</name>
    <message numerus="yes">
        <source>More than %n header(s) are not kept.</source>
        <translation>
            <numerusform>More than %n header is not kept.</numerusform>
            <numerusform>More than %n headers are not kept.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::ItemPane</name>
    <message numerus="yes">
        <source>%n cores</source>
        <translation>
            <numerusform>%n core</numerusform>
            <numerusform>%n cores</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::LogBar</name>
    <message numerus="yes">
        <source>%Ln found</source>
        <translation>
            <numerusform>%Ln found</numerusform>
            <numerusform>%Ln found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::LogMarks</name>
    <message numerus="yes">
        <source>──── Earlier lines were not seen: the server keeps %Ln ────</source>
        <translation>
            <numerusform>──── Earlier lines were not seen: the server keeps %Ln ────</numerusform>
            <numerusform>──── Earlier lines were not seen: the server keeps %Ln ────</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>──── Lines were not seen here: nobody looked for %1, and the server keeps %Ln ────</source>
        <translation>
            <numerusform>──── Lines were not seen here: nobody looked for %1, and the server keeps %Ln ────</numerusform>
            <numerusform>──── Lines were not seen here: nobody looked for %1, and the server keeps %Ln ────</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::LogPane</name>
    <message numerus="yes">
        <source>%Ln other lines are hidden.</source>
        <translation>
            <numerusform>%Ln other line is hidden.</numerusform>
            <numerusform>%Ln other lines are hidden.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::MainWindow</name>
    <message numerus="yes">
        <source>%n notebook(s) with unsaved text were recovered.</source>
        <translation>
            <numerusform>%n notebook with unsaved text was recovered.</numerusform>
            <numerusform>%n notebooks with unsaved text were recovered.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n statement(s) still run; their results will not be kept here.</source>
        <translation>
            <numerusform>%n statement still runs; its result will not be kept here.</numerusform>
            <numerusform>%n statements still run; their results will not be kept here.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) of Local Spark end with this window.</source>
        <translation>
            <numerusform>%n session of Local Spark ends with this window.</numerusform>
            <numerusform>%n sessions of Local Spark end with this window.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::NavigatorPane</name>
    <message numerus="yes">
        <source>&amp;Delete %n selected…</source>
        <translation>
            <numerusform>&amp;Delete %n selected…</numerusform>
            <numerusform>&amp;Delete %n selected…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::NetworkWords</name>
    <message numerus="yes">
        <source>The answer of %1 broke off after %Ln byte(s).</source>
        <translation>
            <numerusform>The answer of %1 broke off after %Ln byte.</numerusform>
            <numerusform>The answer of %1 broke off after %Ln bytes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::NotebookDesk</name>
    <message numerus="yes">
        <source>%n statement(s) still run on the server. They go on there, but their results will not be kept here.</source>
        <translation>
            <numerusform>%n statement still runs on the server. It goes on there, but its result will not be kept here.</numerusform>
            <numerusform>%n statements still run on the server. They go on there, but their results will not be kept here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::NotebookRun</name>
    <message numerus="yes">
        <source>%n cell(s) were not run.</source>
        <translation>
            <numerusform>%n cell was not run.</numerusform>
            <numerusform>%n cells were not run.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::NoticeWords</name>
    <message numerus="yes">
        <source>%n statement(s) ended</source>
        <translation>
            <numerusform>%n statement ended</numerusform>
            <numerusform>%n statements ended</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n batch(es) failed</source>
        <translation>
            <numerusform>%n batch failed</numerusform>
            <numerusform>%n batches failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) end soon</source>
        <translation>
            <numerusform>%n session ends soon</numerusform>
            <numerusform>%n sessions end soon</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) lost or found again</source>
        <translation>
            <numerusform>%n server lost or found again</numerusform>
            <numerusform>%n servers lost or found again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n batch(es) run long</source>
        <translation>
            <numerusform>%n batch runs long</numerusform>
            <numerusform>%n batches run long</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) have been idle long</source>
        <translation>
            <numerusform>%n session has been idle long</numerusform>
            <numerusform>%n sessions have been idle long</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n notice(s)</source>
        <translation>
            <numerusform>%n notice</numerusform>
            <numerusform>%n notices</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::OutputBlock</name>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::OutputView</name>
    <message numerus="yes">
        <source>%n more output(s) are kept in the notebook but not shown.</source>
        <translation>
            <numerusform>%n more output is kept in the notebook but not shown.</numerusform>
            <numerusform>%n more outputs are kept in the notebook but not shown.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::OverviewPane</name>
    <message numerus="yes">
        <source>Stop %n selected…</source>
        <translation>
            <numerusform>Stop %n selected…</numerusform>
            <numerusform>Stop %n selected…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::Removals</name>
    <message numerus="yes">
        <source>%1 of %n could not be deleted. The first problem: %2</source>
        <translation>
            <numerusform>%1 of %n could not be deleted. The first problem: %2</numerusform>
            <numerusform>%1 of %n could not be deleted. The first problem: %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::RuleList</name>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::ServerCheck</name>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n session</numerusform>
            <numerusform>%n sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n batch(es)</source>
        <translation>
            <numerusform>%n batch</numerusform>
            <numerusform>%n batches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::ServerDesk</name>
    <message numerus="yes">
        <source>%n session(s) on this machine end with it, and what they hold in memory.</source>
        <translation>
            <numerusform>%n session on this machine ends with it, and what it holds in memory.</numerusform>
            <numerusform>%n sessions on this machine end with it, and what they hold in memory.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::TotalsLine</name>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n idle</source>
        <translation>
            <numerusform>%n idle</numerusform>
            <numerusform>%n idle</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n starting</source>
        <translation>
            <numerusform>%n starting</numerusform>
            <numerusform>%n starting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in all</source>
        <translation>
            <numerusform>%n in all</numerusform>
            <numerusform>%n in all</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::TotalsPopup</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
</TS>
