<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>DeleteQuestion</name>
    <message numerus="yes">
        <source>Delete these %Ln?</source>
        <translation>
            <numerusform>Delete this one?</numerusform>
            <numerusform>Delete these %Ln?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more that you chose are locked and stay.</source>
        <translation>
            <numerusform>%Ln more that you chose is locked and stays.</numerusform>
            <numerusform>%Ln more that you chose are locked and stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln</source>
        <translation>
            <numerusform>Delete %Ln</numerusform>
            <numerusform>Delete %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stop and delete these %Ln?</source>
        <translation>
            <numerusform>Stop and delete this %Ln?</numerusform>
            <numerusform>Stop and delete these %Ln?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stop and delete %Ln</source>
        <translation>
            <numerusform>Stop and delete %Ln</numerusform>
            <numerusform>Stop and delete %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln without an owner</source>
        <translation>
            <numerusform>%Ln without an owner</numerusform>
            <numerusform>%Ln without an owner</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of %1</source>
        <translation>
            <numerusform>%Ln of %1</numerusform>
            <numerusform>%Ln of %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of other owners</source>
        <translation>
            <numerusform>%Ln of other owners</numerusform>
            <numerusform>%Ln of other owners</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more; in all %1</source>
        <translation>
            <numerusform>and %Ln more; in all %1</numerusform>
            <numerusform>and %Ln more; in all %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::ConnectionFields</name>
    <message numerus="yes">
        <source>More than %Ln header(s) are not kept.</source>
        <translation>
            <numerusform>More than %Ln header is not kept.</numerusform>
            <numerusform>More than %Ln headers are not kept.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::ItemPane</name>
    <message numerus="yes">
        <source>%Ln cores</source>
        <translation>
            <numerusform>%Ln core</numerusform>
            <numerusform>%Ln cores</numerusform>
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
        <source>%Ln notebook(s) with unsaved text were recovered.</source>
        <translation>
            <numerusform>%Ln notebook with unsaved text was recovered.</numerusform>
            <numerusform>%Ln notebooks with unsaved text were recovered.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln statement(s) still run; their results will not be kept here.</source>
        <translation>
            <numerusform>%Ln statement still runs; its result will not be kept here.</numerusform>
            <numerusform>%Ln statements still run; their results will not be kept here.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln session(s) of Local Spark end with this window.</source>
        <translation>
            <numerusform>%Ln session of Local Spark ends with this window.</numerusform>
            <numerusform>%Ln sessions of Local Spark end with this window.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::NavigatorPane</name>
    <message numerus="yes">
        <source>&amp;Delete %Ln selected…</source>
        <translation>
            <numerusform>&amp;Delete %Ln selected…</numerusform>
            <numerusform>&amp;Delete %Ln selected…</numerusform>
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
        <source>%Ln statement(s) still run on the server. They go on there, but their results will not be kept here.</source>
        <translation>
            <numerusform>%Ln statement still runs on the server. It goes on there, but its result will not be kept here.</numerusform>
            <numerusform>%Ln statements still run on the server. They go on there, but their results will not be kept here.</numerusform>
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
        <source>%Ln statement(s) ended</source>
        <translation>
            <numerusform>%Ln statement ended</numerusform>
            <numerusform>%Ln statements ended</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln batch(es) failed</source>
        <translation>
            <numerusform>%Ln batch failed</numerusform>
            <numerusform>%Ln batches failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln session(s) end soon</source>
        <translation>
            <numerusform>%Ln session ends soon</numerusform>
            <numerusform>%Ln sessions end soon</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln server(s) lost or found again</source>
        <translation>
            <numerusform>%Ln server lost or found again</numerusform>
            <numerusform>%Ln servers lost or found again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln batch(es) run long</source>
        <translation>
            <numerusform>%Ln batch runs long</numerusform>
            <numerusform>%Ln batches run long</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln session(s) have been idle long</source>
        <translation>
            <numerusform>%Ln session has been idle long</numerusform>
            <numerusform>%Ln sessions have been idle long</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln notice(s)</source>
        <translation>
            <numerusform>%Ln notice</numerusform>
            <numerusform>%Ln notices</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::OutputBlock</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::OutputView</name>
    <message numerus="yes">
        <source>%Ln more output(s) are kept in the notebook but not shown.</source>
        <translation>
            <numerusform>%Ln more output is kept in the notebook but not shown.</numerusform>
            <numerusform>%Ln more outputs are kept in the notebook but not shown.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::OverviewPane</name>
    <message numerus="yes">
        <source>Stop %Ln selected…</source>
        <translation>
            <numerusform>Stop %Ln selected…</numerusform>
            <numerusform>Stop %Ln selected…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::Removals</name>
    <message numerus="yes">
        <source>%1 of %Ln could not be deleted. The first problem: %2</source>
        <translation>
            <numerusform>%1 of %Ln could not be deleted. The first problem: %2</numerusform>
            <numerusform>%1 of %Ln could not be deleted. The first problem: %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::RuleList</name>
    <message numerus="yes">
        <source>%Ln minute(s)</source>
        <translation>
            <numerusform>%Ln minute</numerusform>
            <numerusform>%Ln minutes</numerusform>
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
        <source>%Ln session(s) on this machine end with it, and what they hold in memory.</source>
        <translation>
            <numerusform>%Ln session on this machine ends with it, and what it holds in memory.</numerusform>
            <numerusform>%Ln sessions on this machine end with it, and what they hold in memory.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::TotalsLine</name>
    <message numerus="yes">
        <source>%Ln running</source>
        <translation>
            <numerusform>%Ln running</numerusform>
            <numerusform>%Ln running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln idle</source>
        <translation>
            <numerusform>%Ln idle</numerusform>
            <numerusform>%Ln idle</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln starting</source>
        <translation>
            <numerusform>%Ln starting</numerusform>
            <numerusform>%Ln starting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln failed</numerusform>
            <numerusform>%Ln failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln in all</source>
        <translation>
            <numerusform>%Ln in all</numerusform>
            <numerusform>%Ln in all</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln ended</source>
        <translation>
            <numerusform>%Ln ended</numerusform>
            <numerusform>%Ln ended</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::TotalsPopup</name>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln more</numerusform>
            <numerusform>%Ln more</numerusform>
        </translation>
    </message>
</context>
</TS>
