<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>Advice</name>
    <message>
        <source>Check the address and the port, that the server runs, and that no firewall or proxy is in the way.</source>
        <translation>Adresse und Port prüfen; ob der Server läuft, und ob keine Firewall und kein Proxy im Weg ist.</translation>
    </message>
    <message>
        <source>Try again later; if it stays so, ask whoever runs the server.</source>
        <translation>Später noch einmal versuchen; wenn es so bleibt, den Betreiber des Servers fragen.</translation>
    </message>
    <message>
        <source>If you trust this server, name its authority with --cacert FILE, or its certificate with --pin FINGERPRINT (“kindling check” shows it).</source>
        <translation>Wenn Sie diesem Server trauen: seine Zertifizierungsstelle mit --cacert DATEI nennen, oder sein Zertifikat mit --pin FINGERABDRUCK („kindling check“ zeigt ihn).</translation>
    </message>
    <message>
        <source>Ask whoever runs the server for the right to do this.</source>
        <translation>Den Betreiber des Servers um das Recht dazu bitten.</translation>
    </message>
    <message>
        <source>Check the path of the address: behind a gateway it has a prefix, for example /gateway/default/livy/v1.</source>
        <translation>Den Pfad der Adresse prüfen: hinter einem Gateway hat er einen Vorspann, zum Beispiel /gateway/default/livy/v1.</translation>
    </message>
    <message>
        <source>The server asks for patience: try again later.</source>
        <translation>Der Server bittet um Geduld: später noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Look into the server&apos;s own log, or ask whoever runs it.</source>
        <translation>In das Protokoll des Servers sehen, oder seinen Betreiber fragen.</translation>
    </message>
    <message>
        <source>Check that the address is that of a Livy server, path and all.</source>
        <translation>Prüfen, ob die Adresse samt Pfad die eines Livy-Servers ist.</translation>
    </message>
    <message>
        <source>Look at the server&apos;s sessions before you run it again.</source>
        <translation>Vor dem nächsten Lauf die Sitzungen des Servers ansehen.</translation>
    </message>
    <message>
        <source>Check the path, the rights and the free space.</source>
        <translation>Pfad, Rechte und freien Platz prüfen.</translation>
    </message>
    <message>
        <source>Change what is asked for, and run it again.</source>
        <translation>Ändern, was verlangt wird, und noch einmal ausführen.</translation>
    </message>
    <message>
        <source>%1 (server: %2)</source>
        <comment>what happened, where</comment>
        <translation>%1 (Server: %2)</translation>
    </message>
    <message>
        <source>It has ended or was deleted, and its server has forgotten it: “kindling list” shows what there is.</source>
        <translation>Es ist zu Ende oder wurde gelöscht, und sein Server hat es vergessen: „kindling list“ zeigt, was es gibt.</translation>
    </message>
    <message>
        <source>Check the sign-in: --user with --password-env, --token-env, --token-file or --client-cert.</source>
        <translation>Die Anmeldung prüfen: --user mit --password-env, --token-env, --token-file oder --client-cert.</translation>
    </message>
    <message>
        <source>Write what is large to storage of the cluster instead of printing it, and run it again.</source>
        <translation>Großes in einen Speicher des Clusters schreiben statt es auszugeben, und noch einmal ausführen.</translation>
    </message>
</context>
<context>
    <name>Arguments</name>
    <message>
        <source>The option %1 is not known.</source>
        <translation>Die Option %1 ist nicht bekannt.</translation>
    </message>
    <message>
        <source>The option %1 may be given only once.</source>
        <translation>Die Option %1 darf nur einmal stehen.</translation>
    </message>
    <message>
        <source>The option %1 takes no value.</source>
        <translation>Die Option %1 nimmt keinen Wert.</translation>
    </message>
    <message>
        <source>The option %1 needs a value.</source>
        <translation>Die Option %1 braucht einen Wert.</translation>
    </message>
    <message>
        <source>The options %1 and %2 exclude each other.</source>
        <translation>Die Optionen %1 und %2 schließen einander aus.</translation>
    </message>
</context>
<context>
    <name>Autosave</name>
    <message>
        <source>Unsaved changes cannot be backed up in %1</source>
        <translation>Ungesicherte Änderungen lassen sich nicht in %1 ablegen</translation>
    </message>
</context>
<context>
    <name>CellMagic</name>
    <message>
        <source>%%sql -o keeps the result in a local Python, which is not there. Without -o the result is in the output notebook.</source>
        <translation>%%sql -o legt das Ergebnis in einem lokalen Python ab, das es hier nicht gibt. Ohne -o steht das Ergebnis im Ausgabe-Notebook.</translation>
    </message>
    <message>
        <source>%%sql does not know the option %1 here: only -q, -n and -m take.</source>
        <translation>%%sql kennt die Option %1 hier nicht: nur -q, -n und -m take.</translation>
    </message>
    <message>
        <source>%%local runs in a local Python, which is not there. Take the cell out, or run the notebook in Jupyter.</source>
        <translation>%%local läuft in einem lokalen Python, das es hier nicht gibt. Die Zelle herausnehmen, oder das Notebook in Jupyter ausführen.</translation>
    </message>
    <message>
        <source>%%configure sets the session up: say that with --conf on the command line, and take the cell out.</source>
        <translation>%%configure richtet die Sitzung ein: das auf der Befehlszeile mit --conf sagen und die Zelle herausnehmen.</translation>
    </message>
    <message>
        <source>%1 is a command to Jupyter, not code for Spark. Take the cell out, or run the notebook in Jupyter.</source>
        <translation>%1 ist ein Befehl an Jupyter, kein Code für Spark. Die Zelle herausnehmen, oder das Notebook in Jupyter ausführen.</translation>
    </message>
    <message>
        <source>%1 takes no options here.</source>
        <translation>%1 nimmt hier keine Optionen.</translation>
    </message>
</context>
<context>
    <name>Certificate</name>
    <message>
        <source>A fingerprint has 64 hexadecimal digits (SHA-256).</source>
        <translation>Ein Fingerabdruck hat 64 hexadezimale Ziffern (SHA-256).</translation>
    </message>
</context>
<context>
    <name>CheckReport</name>
    <message>
        <source>Name</source>
        <comment>step of a check: looked up</comment>
        <translation>Name</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <comment>step of a check</comment>
        <translation>Anmeldung</translation>
    </message>
    <message>
        <source>Version</source>
        <comment>step of a check</comment>
        <translation>Version</translation>
    </message>
    <message>
        <source>Dialect</source>
        <comment>step of a check: of the protocol</comment>
        <translation>Dialekt</translation>
    </message>
    <message>
        <source>Rights</source>
        <comment>step of a check: what one may do</comment>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>Counts</source>
        <comment>step of a check: of sessions and batches</comment>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Answer</source>
        <comment>step of a check: what the server gave</comment>
        <translation>Antwort</translation>
    </message>
</context>
<context>
    <name>CommandList</name>
    <message>
        <source>%1 ▸ %2</source>
        <comment>a menu, and what is in it</comment>
        <translation>%1 ▸ %2</translation>
    </message>
    <message>
        <source>Session %1 %2</source>
        <translation>Sitzung %1 %2</translation>
    </message>
    <message>
        <source>Batch %1 %2</source>
        <translation>Batch %1 %2</translation>
    </message>
    <message>
        <source>Tab ▸ %1</source>
        <translation>Reiter ▸ %1</translation>
    </message>
    <message>
        <source>Server %1</source>
        <translation>Server %1</translation>
    </message>
</context>
<context>
    <name>Console</name>
    <message>
        <source>The output cannot be written: %1</source>
        <translation>Die Ausgabe lässt sich nicht schreiben: %1</translation>
    </message>
</context>
<context>
    <name>Credentials</name>
    <message>
        <source>The password or token could not be read from the keychain.</source>
        <translation>Das Passwort oder Token ließ sich nicht aus dem Schlüsselbund lesen.</translation>
    </message>
    <message>
        <source>This server wants a password or token.</source>
        <translation>Dieser Server verlangt ein Passwort oder Token.</translation>
    </message>
    <message>
        <source>The server refused the stored password or token.</source>
        <translation>Der Server hat das gespeicherte Passwort oder Token abgelehnt.</translation>
    </message>
    <message>
        <source>The server refused the token.</source>
        <translation>Der Server hat das Token abgelehnt.</translation>
    </message>
    <message>
        <source>The value of the header %1 is not stored here.</source>
        <translation>Der Wert der Kopfzeile %1 ist hier nicht gespeichert.</translation>
    </message>
    <message>
        <source>The server refused the password or token.</source>
        <translation>Der Server hat das Passwort oder Token abgelehnt.</translation>
    </message>
</context>
<context>
    <name>DeleteQuestion</name>
    <message>
        <source>Session %1</source>
        <translation>Sitzung %1</translation>
    </message>
    <message>
        <source>Batch %1</source>
        <translation>Batch %1</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>%1, on %2</source>
        <translation>%1, auf %2</translation>
    </message>
    <message>
        <source>Delete this?</source>
        <translation>Dies löschen?</translation>
    </message>
    <message>
        <source>What runs in it ends, and what it holds in memory is gone. This cannot be undone.</source>
        <translation>Was darin läuft, endet, und was im Speicher liegt, ist weg. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>What runs in them ends, and what they hold in memory is gone. This cannot be undone.</source>
        <translation>Was darin läuft, endet, und was sie im Speicher halten, ist weg. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Its server forgets it. This cannot be undone.</source>
        <translation>Sein Server vergisst es. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Their server forgets them. This cannot be undone.</source>
        <translation>Ihr Server vergisst sie. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Stop and delete this?</source>
        <translation>Dies beenden und löschen?</translation>
    </message>
    <message>
        <source>Stop and delete</source>
        <translation>Beenden und löschen</translation>
    </message>
    <message numerus="yes">
        <source>Delete these %Ln?</source>
        <translation>
            <numerusform>%Ln Eintrag löschen?</numerusform>
            <numerusform>Diese %Ln löschen?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more that you chose are locked and stay.</source>
        <translation>
            <numerusform>%Ln weiterer gewählter Eintrag ist gesperrt und bleibt.</numerusform>
            <numerusform>%Ln weitere gewählte sind gesperrt und bleiben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln</source>
        <translation>
            <numerusform>%Ln löschen</numerusform>
            <numerusform>%Ln löschen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stop and delete these %Ln?</source>
        <translation>
            <numerusform>%Ln davon beenden und löschen?</numerusform>
            <numerusform>Diese %Ln beenden und löschen?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stop and delete %Ln</source>
        <translation>
            <numerusform>%Ln beenden und löschen</numerusform>
            <numerusform>%Ln beenden und löschen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln without an owner</source>
        <translation>
            <numerusform>%Ln ohne Besitzer</numerusform>
            <numerusform>%Ln ohne Besitzer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of %1</source>
        <translation>
            <numerusform>%Ln von %1</numerusform>
            <numerusform>%Ln von %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of other owners</source>
        <translation>
            <numerusform>%Ln anderer Besitzer</numerusform>
            <numerusform>%Ln anderer Besitzer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more; in all %1</source>
        <translation>
            <numerusform>und %Ln weiterer Eintrag; insgesamt %1</numerusform>
            <numerusform>und %Ln weitere; insgesamt %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>und %Ln weiterer</numerusform>
            <numerusform>und %Ln weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HeaderLine</name>
    <message>
        <source>A header is written as “Name: value”.</source>
        <translation>Eine Kopfzeile schreibt man als „Name: Wert“.</translation>
    </message>
    <message>
        <source>The value of the header %1 is empty or not one line.</source>
        <translation>Der Wert der Kopfzeile %1 ist leer oder nicht eine einzige Zeile.</translation>
    </message>
    <message>
        <source>The header %1 is set by the connection itself.</source>
        <translation>Die Kopfzeile %1 setzt die Verbindung selbst.</translation>
    </message>
</context>
<context>
    <name>ItemOptions</name>
    <message>
        <source>This names no session and no batch: %1. Write 12 for a session, batch/7 for a batch.</source>
        <translation>Das nennt keine Sitzung und keinen Batch: %1. Schreiben Sie 12 für eine Sitzung, batch/7 für einen Batch.</translation>
    </message>
    <message>
        <source>A list is always of all sessions and batches.</source>
        <translation>Eine Liste zeigt immer alle Sitzungen und Batches.</translation>
    </message>
    <message>
        <source>Which session or batch?</source>
        <translation>Welche Sitzung oder welcher Batch?</translation>
    </message>
    <message>
        <source>Only one log can be shown at a time.</source>
        <translation>Es kann immer nur ein Protokoll gezeigt werden.</translation>
    </message>
    <message>
        <source>On which server? Name it with --server: an address, or a stored server.</source>
        <translation>Auf welchem Server? Nennen Sie ihn mit --server: eine Adresse oder einen gespeicherten Server.</translation>
    </message>
    <message>
        <source>Local Spark runs only while something uses it: there is nothing to see from here.</source>
        <translation>Lokales Spark läuft nur, solange etwas es benutzt: Von hier aus ist nichts zu sehen.</translation>
    </message>
</context>
<context>
    <name>KeptResult</name>
    <message>
        <source>%1 of at least %1 rows: the server stopped there. More come with %%sql -n, or with --conf %2=N.</source>
        <translation>%1 von mindestens %1 Zeilen: Der Server hat dort aufgehört. Mehr kommen mit %%sql -n oder mit --conf %2=N.</translation>
    </message>
</context>
<context>
    <name>LockWords</name>
    <message>
        <source>It belongs to %1. “Unlock others&apos; rows” in the overview lets you change it.</source>
        <translation>Gehört %1. „Fremde Zeilen entsperren“ in der Übersicht gibt es zum Ändern frei.</translation>
    </message>
    <message>
        <source>%1 is marked read-only: nothing is changed on it.</source>
        <translation>%1 ist als schreibgeschützt markiert: Darauf wird nichts geändert.</translation>
    </message>
</context>
<context>
    <name>NotebookFile</name>
    <message>
        <source>The notebook cannot be read: %1</source>
        <translation>Das Notebook lässt sich nicht lesen: %1</translation>
    </message>
    <message>
        <source>The notebook cannot be saved: %1</source>
        <translation>Das Notebook lässt sich nicht speichern: %1</translation>
    </message>
    <message>
        <source>The file was empty.</source>
        <translation>Die Datei war leer.</translation>
    </message>
    <message>
        <source>This file is not a notebook: it is damaged or not JSON.</source>
        <translation>Diese Datei ist kein Notebook: Sie ist beschädigt oder kein JSON.</translation>
    </message>
    <message>
        <source>This file is JSON, but not a notebook.</source>
        <translation>Diese Datei ist JSON, aber kein Notebook.</translation>
    </message>
    <message>
        <source>This notebook is of a newer format (%1) than Kindling knows (4).</source>
        <translation>Dieses Notebook hat ein neueres Format (%1), als Kindling kennt (4).</translation>
    </message>
    <message>
        <source>Some bytes were not text (UTF-8) and were replaced.</source>
        <translation>Einige Bytes waren kein Text (UTF-8) und wurden ersetzt.</translation>
    </message>
    <message>
        <source>The notebook&apos;s metadata was unusable and was dropped.</source>
        <translation>Die Metadaten des Notebooks waren unbrauchbar und wurden verworfen.</translation>
    </message>
    <message>
        <source>The notebook had no cells.</source>
        <translation>Das Notebook hatte keine Zellen.</translation>
    </message>
    <message>
        <source>Something that was no cell was dropped.</source>
        <translation>Etwas, das keine Zelle war, wurde verworfen.</translation>
    </message>
    <message>
        <source>Some cells had a doubled or unusable id and were given a new one.</source>
        <translation>Einige Zellen hatten eine doppelte oder unbrauchbare ID und bekamen eine neue.</translation>
    </message>
    <message>
        <source>Some cells had no known type.</source>
        <translation>Einige Zellen hatten keinen bekannten Typ.</translation>
    </message>
    <message>
        <source>Some cells had no readable text.</source>
        <translation>Einige Zellen hatten keinen lesbaren Text.</translation>
    </message>
    <message>
        <source>Some lines of cells were not text and were dropped.</source>
        <translation>Einige Zeilen von Zellen waren kein Text und wurden verworfen.</translation>
    </message>
    <message>
        <source>The metadata of some cells was unusable and was dropped.</source>
        <translation>Die Metadaten einiger Zellen waren unbrauchbar und wurden verworfen.</translation>
    </message>
    <message>
        <source>Some outputs were unreadable and were dropped.</source>
        <translation>Einige Ausgaben waren unlesbar und wurden verworfen.</translation>
    </message>
</context>
<context>
    <name>NotebookPlan</name>
    <message>
        <source>Cell %1 cannot run here: %2</source>
        <translation>Zelle %1 kann hier nicht laufen: %2</translation>
    </message>
    <message>
        <source>it sets up Jupyter&apos;s own Python, and the cells after it rely on that.</source>
        <translation>Sie richtet Jupyters eigenes Python ein, und die Zellen danach verlassen sich darauf.</translation>
    </message>
    <message>
        <source>nobody knows its language. Name one with --kind.</source>
        <translation>Niemand kennt ihre Sprache. Mit --kind eine nennen.</translation>
    </message>
</context>
<context>
    <name>PemFile</name>
    <message>
        <source>The certificate file %1 cannot be read.</source>
        <translation>Die Zertifikatsdatei %1 kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The file %1 holds no certificate (PEM).</source>
        <translation>Die Datei %1 enthält kein Zertifikat (PEM).</translation>
    </message>
</context>
<context>
    <name>RunOptions</name>
    <message>
        <source>The option %1 is written %2.</source>
        <translation>Die Option %1 schreibt man %2.</translation>
    </message>
    <message>
        <source>The setting %1 is given twice.</source>
        <translation>Die Einstellung %1 steht zweimal da.</translation>
    </message>
    <message>
        <source>Which notebook?</source>
        <translation>Welches Notebook?</translation>
    </message>
    <message>
        <source>Only one notebook can be run at a time.</source>
        <translation>Es kann nur ein Notebook auf einmal laufen.</translation>
    </message>
    <message>
        <source>The notebook %1 cannot be read.</source>
        <translation>Das Notebook %1 kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The output would overwrite the notebook itself: name another file with --output.</source>
        <translation>Die Ausgabe würde das Notebook selbst überschreiben: mit --output eine andere Datei nennen.</translation>
    </message>
    <message>
        <source>The output cannot be written to %1: there is no such folder, or it is a folder itself.</source>
        <translation>Die Ausgabe kann nicht nach %1 geschrieben werden: den Ordner gibt es nicht, oder es ist selbst einer.</translation>
    </message>
    <message>
        <source>The option %1 takes pyspark, spark, sparkr or sql.</source>
        <translation>Die Option %1 nimmt pyspark, spark, sparkr oder sql.</translation>
    </message>
    <message>
        <source>The option %1 takes a time such as 90, 90s, 15m or 2h.</source>
        <translation>Die Option %1 nimmt eine Zeit wie 90, 90s, 15m oder 2h.</translation>
    </message>
    <message>
        <source>Local Spark ends with this command, so its session cannot be kept.</source>
        <translation>Lokales Spark endet mit diesem Befehl, seine Sitzung kann also nicht bleiben.</translation>
    </message>
    <message>
        <source>On which server? Name it with --server: an address, a stored server, or local.</source>
        <translation>Auf welchem Server? Mit --server nennen: eine Adresse, ein gespeicherter Server, oder local.</translation>
    </message>
    <message>
        <source>Which server? One address or the name of a stored one.</source>
        <translation>Welcher Server? Eine Adresse oder der Name eines gespeicherten.</translation>
    </message>
    <message>
        <source>Local Spark cannot be checked: it runs only while something uses it.</source>
        <translation>Lokales Spark kann nicht geprüft werden: es läuft nur, solange es jemand benutzt.</translation>
    </message>
</context>
<context>
    <name>RunProgress</name>
    <message>
        <source>waits for the session</source>
        <translation>wartet auf die Sitzung</translation>
    </message>
    <message>
        <source>is being sent</source>
        <translation>wird gesendet</translation>
    </message>
    <message>
        <source>was sent, but the answer was lost: looking whether it arrived</source>
        <translation>wurde gesendet, aber die Antwort ging verloren: es wird nachgesehen, ob sie ankam</translation>
    </message>
    <message>
        <source>waits for its turn</source>
        <translation>wartet, bis sie an der Reihe ist</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>is being cancelled</source>
        <translation>wird abgebrochen</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>Cell %1, %2</source>
        <comment>place in the notebook, language</comment>
        <translation>Zelle %1, %2</translation>
    </message>
</context>
<context>
    <name>SecretStore</name>
    <message>
        <source>No password or token is stored for this server.</source>
        <translation>Für diesen Server ist kein Passwort oder Token gespeichert.</translation>
    </message>
    <message>
        <source>The keychain refused.</source>
        <translation>Der Schlüsselbund hat abgelehnt.</translation>
    </message>
</context>
<context>
    <name>Target</name>
    <message>
        <source>The environment variable %1 is not set.</source>
        <translation>Die Umgebungsvariable %1 ist nicht gesetzt.</translation>
    </message>
    <message>
        <source>The token file %1 cannot be read: %2</source>
        <translation>Die Token-Datei %1 kann nicht gelesen werden: %2</translation>
    </message>
    <message>
        <source>The token file %1 does not hold one line with a token.</source>
        <translation>Die Token-Datei %1 enthält nicht eine Zeile mit einem Token.</translation>
    </message>
    <message>
        <source>The options %1 and %2 belong together.</source>
        <translation>Die Optionen %1 und %2 gehören zusammen.</translation>
    </message>
    <message>
        <source>A user name with a colon cannot sign in this way (Basic).</source>
        <translation>Ein Benutzername mit Doppelpunkt kann sich so (Basic) nicht anmelden.</translation>
    </message>
    <message>
        <source>The password or token is not one line of text.</source>
        <translation>Passwort oder Token ist nicht eine Zeile Text.</translation>
    </message>
    <message>
        <source>The environment variable %1: %2</source>
        <translation>Die Umgebungsvariable %1: %2</translation>
    </message>
    <message>
        <source>No server is stored under the name “%1”, and an address begins with http:// or https://.</source>
        <translation>Unter dem Namen „%1“ ist kein Server gespeichert, und eine Adresse beginnt mit http:// oder https://.</translation>
    </message>
    <message>
        <source>No server is stored under the name “%1”. Stored are: %2.</source>
        <translation>Unter dem Namen „%1“ ist kein Server gespeichert. Gespeichert sind: %2.</translation>
    </message>
    <message>
        <source>An Authorization header and another sign-in exclude each other.</source>
        <translation>Eine Authorization-Kopfzeile und eine andere Anmeldung schließen einander aus.</translation>
    </message>
    <message>
        <source>Local Spark signs in by itself: it takes no sign-in, certificate or header.</source>
        <translation>Lokales Spark meldet sich selbst an: es nimmt keine Anmeldung, kein Zertifikat und keine Kopfzeile.</translation>
    </message>
    <message>
        <source>Local Spark</source>
        <translation>Lokales Spark</translation>
    </message>
    <message>
        <source>The address must not hold a user or password: use --user and --password-env.</source>
        <translation>In der Adresse darf kein Benutzer und kein Passwort stehen: dafür gibt es --user und --password-env.</translation>
    </message>
    <message>
        <source>This is not the address of a server: %1</source>
        <translation>Das ist keine Adresse eines Servers: %1</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>name of a server, its address</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>The option %1 needs %2 beside it.</source>
        <translation>Die Option %1 braucht %2 neben sich.</translation>
    </message>
    <message>
        <source>The option %1 takes a number of MiB, %2 to %3.</source>
        <translation>Die Option %1 nimmt eine Zahl von MiB, %2 bis %3.</translation>
    </message>
    <message>
        <source>The options %1, %2 and %3 need an address with https.</source>
        <translation>Die Optionen %1, %2 und %3 brauchen eine Adresse mit https.</translation>
    </message>
</context>
<context>
    <name>TerminalCommands</name>
    <message>
        <source>“kindling --help” shows how it is used.</source>
        <translation>„kindling --help“ zeigt, wie es benutzt wird.</translation>
    </message>
    <message>
        <source>The notebook %1 is damaged, and nothing of it was run: %2</source>
        <translation>Das Notebook %1 ist beschädigt, nichts davon wurde ausgeführt: %2</translation>
    </message>
</context>
<context>
    <name>TlsTrust</name>
    <message>
        <source>it is not the pinned one. Pinned: %1; shown: %2.</source>
        <translation>Es ist nicht das festgelegte. Festgelegt: %1; gezeigt: %2.</translation>
    </message>
    <message>
        <source>its authority has revoked it, as the server itself shows (OCSP).</source>
        <translation>seine Zertifizierungsstelle hat es widerrufen, wie der Server selbst zeigt (OCSP).</translation>
    </message>
</context>
<context>
    <name>WindowActions</name>
    <message>
        <source>&amp;Appearance</source>
        <translation>&amp;Aussehen</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;New notebook</source>
        <translation>&amp;Neues Notebook</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>Ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>Speichern &amp;unter …</translation>
    </message>
    <message>
        <source>&amp;Close tab</source>
        <translation>Reiter s&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Undo in the notebook</source>
        <translation>Im Notebook &amp;rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo in the notebook</source>
        <translation>Im Notebook &amp;wiederholen</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>Re&amp;fresh all servers</source>
        <translation>Alle Server ak&amp;tualisieren</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>A&amp;usführen</translation>
    </message>
    <message>
        <source>&amp;Run cell</source>
        <translation>&amp;Zelle ausführen</translation>
    </message>
    <message>
        <source>Run &amp;all cells</source>
        <translation>&amp;Alle Zellen ausführen</translation>
    </message>
    <message>
        <source>&amp;Interrupt</source>
        <translation>&amp;Unterbrechen</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>&amp;Sitzung</translation>
    </message>
    <message>
        <source>&amp;New session…</source>
        <translation>&amp;Neue Sitzung …</translation>
    </message>
    <message>
        <source>&amp;Delete selected…</source>
        <translation>Ausgewählte &amp;löschen …</translation>
    </message>
    <message>
        <source>&amp;Batch</source>
        <translation>Ba&amp;tch</translation>
    </message>
    <message>
        <source>&amp;Submit batch…</source>
        <translation>&amp;Batch starten …</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>&amp;Werkzeuge</translation>
    </message>
    <message>
        <source>Start &amp;local Spark</source>
        <translation>&amp;Lokales Spark starten</translation>
    </message>
    <message>
        <source>S&amp;top local Spark</source>
        <translation>Lokales Spark s&amp;toppen</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Open the &amp;sample notebook</source>
        <translation>&amp;Beispiel-Notebook öffnen</translation>
    </message>
    <message>
        <source>&amp;About Kindling</source>
        <translation>&amp;Über Kindling</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>&amp;Find a command or session…</source>
        <translation>Befehl oder Sitzung &amp;finden …</translation>
    </message>
    <message>
        <source>&amp;Add server…</source>
        <translation>Server &amp;hinzufügen …</translation>
    </message>
</context>
<context>
    <name>kindling::AboutDialog</name>
    <message>
        <source>About Kindling</source>
        <translation>Über Kindling</translation>
    </message>
    <message>
        <source>Kindling</source>
        <translation>Kindling</translation>
    </message>
    <message>
        <source>A desktop workbench for Apache Spark behind the Livy REST API.</source>
        <translation>Eine Arbeitsumgebung für Apache Spark hinter der REST-Schnittstelle von Livy.</translation>
    </message>
    <message>
        <source>&amp;Copy versions</source>
        <translation>Versionen &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy versions</source>
        <translation>Versionen kopieren</translation>
    </message>
    <message>
        <source>Kindling %1
Qt %2 on %3
Licence: GPL-3.0-or-later</source>
        <translation>Kindling %1
Qt %2 auf %3
Lizenz: GPL-3.0-or-later</translation>
    </message>
</context>
<context>
    <name>kindling::AnswerSaving</name>
    <message>
        <source>Another answer is being saved to %1.</source>
        <translation>Eine andere Antwort wird gerade in %1 gespeichert.</translation>
    </message>
    <message>
        <source>Cancel that</source>
        <translation>Das abbrechen</translation>
    </message>
    <message>
        <source>Save the answer of statement %1</source>
        <translation>Antwort der Anweisung %1 speichern</translation>
    </message>
    <message>
        <source>JSON (*.json);;All files (*)</source>
        <translation>JSON (*.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>The answer cannot be saved: its server is not connected.</source>
        <translation>Die Antwort kann nicht gespeichert werden: Ihr Server ist nicht verbunden.</translation>
    </message>
    <message>
        <source>The answer was saved: %1</source>
        <translation>Die Antwort wurde gespeichert: %1</translation>
    </message>
    <message>
        <source>The answer was not saved: %1</source>
        <translation>Die Antwort wurde nicht gespeichert: %1</translation>
    </message>
    <message>
        <source>Saving the answer of statement %1: %2 so far</source>
        <translation>Die Antwort der Anweisung %1 wird gespeichert: bisher %2</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Saving the answer was cancelled</source>
        <translation>Das Speichern der Antwort wurde abgebrochen</translation>
    </message>
    <message>
        <source>%1 is as it was.</source>
        <translation>%1 ist, wie es war.</translation>
    </message>
    <message>
        <source>The answer was not saved: the connection to its server was ended.</source>
        <translation>Die Antwort wurde nicht gespeichert: Die Verbindung zu ihrem Server wurde beendet.</translation>
    </message>
</context>
<context>
    <name>kindling::BatchPane</name>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Löschen …</translation>
    </message>
    <message>
        <source>Batch %1 %2</source>
        <translation>Batch %1 %2</translation>
    </message>
    <message>
        <source>Last words</source>
        <translation>Letzte Worte</translation>
    </message>
    <message>
        <source>Edit and &amp;resubmit…</source>
        <translation>Ändern und &amp;neu starten …</translation>
    </message>
    <message>
        <source>Stop and &amp;delete…</source>
        <translation>Beenden und &amp;löschen …</translation>
    </message>
</context>
<context>
    <name>kindling::BottomDocks</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitachse</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
</context>
<context>
    <name>kindling::Causes</name>
    <message>
        <source>It was deleted from here.</source>
        <translation>Das Löschen kam von hier.</translation>
    </message>
    <message>
        <source>The own acts in the events say when.</source>
        <translation>Wann, sagen die eigenen Handlungen in den Ereignissen.</translation>
    </message>
    <message>
        <source>The server ended it because nobody had used it for as long as it may be idle.</source>
        <translation>Der Server hat sie beendet, weil niemand sie benutzt hat, so lange sie untätig sein darf.</translation>
    </message>
    <message>
        <source>Keep it alive, or start it with a longer idle time-out.</source>
        <translation>Halten Sie sie am Leben, oder starten Sie sie mit einer längeren Frist für Untätigkeit.</translation>
    </message>
    <message>
        <source>The server does not allow some of the settings that were asked for.</source>
        <translation>Der Server erlaubt einige der verlangten Einstellungen nicht.</translation>
    </message>
    <message>
        <source>Leave out the settings that the line names, or ask the server&apos;s operator to allow them.</source>
        <translation>Lassen Sie die Einstellungen weg, die die Zeile nennt, oder bitten Sie den Betreiber des Servers, sie zu erlauben.</translation>
    </message>
    <message>
        <source>The queue had no room for one more application master.</source>
        <translation>Die Warteschlange hatte keinen Platz für noch einen Application Master.</translation>
    </message>
    <message>
        <source>End sessions that nobody uses, choose another queue, or have the queue&apos;s share for masters raised.</source>
        <translation>Beenden Sie Sitzungen, die niemand benutzt, wählen Sie eine andere Warteschlange, oder lassen Sie deren Anteil für Master erhöhen.</translation>
    </message>
    <message>
        <source>The cluster has no queue of this name.</source>
        <translation>Der Cluster hat keine Warteschlange dieses Namens.</translation>
    </message>
    <message>
        <source>Correct the name of the queue, or leave it out.</source>
        <translation>Berichtigen Sie den Namen der Warteschlange, oder lassen Sie ihn weg.</translation>
    </message>
    <message>
        <source>This user may not use the queue.</source>
        <translation>Dieser Benutzer darf die Warteschlange nicht benutzen.</translation>
    </message>
    <message>
        <source>Choose another queue, or ask the cluster&apos;s operator for access.</source>
        <translation>Wählen Sie eine andere Warteschlange, oder bitten Sie den Betreiber des Clusters um Zugang.</translation>
    </message>
    <message>
        <source>More memory or cores were asked for than one container may have.</source>
        <translation>Es wurden mehr Speicher oder Kerne verlangt, als ein Container haben darf.</translation>
    </message>
    <message>
        <source>Ask for less per executor and for more executors.</source>
        <translation>Verlangen Sie weniger je Executor und dafür mehr Executors.</translation>
    </message>
    <message>
        <source>The cluster killed a container that used more memory than it had asked for.</source>
        <translation>Der Cluster hat einen Container beendet, der mehr Speicher belegte, als er verlangt hatte.</translation>
    </message>
    <message>
        <source>Raise spark.executor.memoryOverhead or spark.driver.memoryOverhead, or use more partitions.</source>
        <translation>Erhöhen Sie spark.executor.memoryOverhead oder spark.driver.memoryOverhead, oder nehmen Sie mehr Partitionen.</translation>
    </message>
    <message>
        <source>Java could not start with the memory that was asked for.</source>
        <translation>Java konnte mit dem verlangten Speicher nicht starten.</translation>
    </message>
    <message>
        <source>Correct the driver&apos;s or the executors&apos; memory: a number with a unit, such as 2g.</source>
        <translation>Berichtigen Sie den Speicher des Drivers oder der Executors: eine Zahl mit Einheit, etwa 2g.</translation>
    </message>
    <message>
        <source>Java ran out of memory.</source>
        <translation>Java ging der Speicher aus.</translation>
    </message>
    <message>
        <source>Give the driver or the executors more memory, collect less, or use more partitions.</source>
        <translation>Geben Sie dem Driver oder den Executors mehr Speicher, sammeln Sie weniger ein, oder nehmen Sie mehr Partitionen.</translation>
    </message>
    <message>
        <source>Python ran out of memory.</source>
        <translation>Python ging der Speicher aus.</translation>
    </message>
    <message>
        <source>Keep the data in Spark instead of collecting it, or give the driver more memory.</source>
        <translation>Lassen Sie die Daten in Spark, statt sie einzusammeln, oder geben Sie dem Driver mehr Speicher.</translation>
    </message>
    <message>
        <source>A result was too large to be sent to the driver.</source>
        <translation>Ein Ergebnis war zu groß, um an den Driver gesendet zu werden.</translation>
    </message>
    <message>
        <source>Limit or aggregate it, write it to a file, or raise spark.driver.maxResultSize.</source>
        <translation>Begrenzen oder verdichten Sie es, schreiben Sie es in eine Datei, oder erhöhen Sie spark.driver.maxResultSize.</translation>
    </message>
    <message>
        <source>A disk was full.</source>
        <translation>Ein Datenträger war voll.</translation>
    </message>
    <message>
        <source>Free space where Spark keeps its temporary files, or point spark.local.dir elsewhere.</source>
        <translation>Schaffen Sie Platz, wo Spark seine temporären Dateien hat, oder lassen Sie spark.local.dir auf einen anderen Ort zeigen.</translation>
    </message>
    <message>
        <source>No network port was free.</source>
        <translation>Kein Netzwerk-Port war frei.</translation>
    </message>
    <message>
        <source>End sessions on that machine, or widen the range of ports (spark.port.maxRetries, livy.rsc.launcher.port.range).</source>
        <translation>Beenden Sie Sitzungen auf diesem Rechner, oder erweitern Sie den Bereich der Ports (spark.port.maxRetries, livy.rsc.launcher.port.range).</translation>
    </message>
    <message>
        <source>The program python was not found.</source>
        <translation>Das Programm python wurde nicht gefunden.</translation>
    </message>
    <message>
        <source>Install Python there, or set spark.pyspark.python to where it is.</source>
        <translation>Installieren Sie dort Python, oder setzen Sie spark.pyspark.python auf seinen Ort.</translation>
    </message>
    <message>
        <source>The driver and the executors run different versions of Python.</source>
        <translation>Driver und Executors verwenden verschiedene Versionen von Python.</translation>
    </message>
    <message>
        <source>Set spark.pyspark.python and spark.pyspark.driver.python to the same version.</source>
        <translation>Setzen Sie spark.pyspark.python und spark.pyspark.driver.python auf dieselbe Version.</translation>
    </message>
    <message>
        <source>A Python module is not installed.</source>
        <translation>Ein Python-Modul ist nicht installiert.</translation>
    </message>
    <message>
        <source>Install it on the cluster, or send it along as a Python file or an archive.</source>
        <translation>Installieren Sie es auf dem Cluster, oder geben Sie es als Python-Datei oder Archiv mit.</translation>
    </message>
    <message>
        <source>A class was not found.</source>
        <translation>Eine Klasse wurde nicht gefunden.</translation>
    </message>
    <message>
        <source>Check the name of the class, and add the jar that has it.</source>
        <translation>Prüfen Sie den Namen der Klasse, und fügen Sie das Jar hinzu, das sie enthält.</translation>
    </message>
    <message>
        <source>A library does not fit the version of Spark, Scala or Java.</source>
        <translation>Eine Bibliothek passt nicht zur Version von Spark, Scala oder Java.</translation>
    </message>
    <message>
        <source>Use the library&apos;s version that was built for this Spark and this Scala.</source>
        <translation>Nehmen Sie die Version der Bibliothek, die für dieses Spark und dieses Scala gebaut ist.</translation>
    </message>
    <message>
        <source>The sign-in to the cluster was missing or had expired.</source>
        <translation>Die Anmeldung am Cluster fehlte oder war abgelaufen.</translation>
    </message>
    <message>
        <source>Sign in again; for long work ask the operator for a keytab.</source>
        <translation>Melden Sie sich neu an; für lange Arbeiten bitten Sie den Betreiber um ein Keytab.</translation>
    </message>
    <message>
        <source>A file or folder may not be used by this user.</source>
        <translation>Eine Datei oder ein Ordner darf von diesem Benutzer nicht benutzt werden.</translation>
    </message>
    <message>
        <source>Ask its owner for access, or run as a user who has it.</source>
        <translation>Bitten Sie den Eigentümer um Zugang, oder führen Sie es als ein Benutzer aus, der ihn hat.</translation>
    </message>
    <message>
        <source>A file was not found.</source>
        <translation>Eine Datei wurde nicht gefunden.</translation>
    </message>
    <message>
        <source>Check the path that the line names, as the cluster sees it.</source>
        <translation>Prüfen Sie den Pfad, den die Zeile nennt, so wie ihn der Cluster sieht.</translation>
    </message>
    <message>
        <source>A table or view was not found.</source>
        <translation>Eine Tabelle oder Sicht wurde nicht gefunden.</translation>
    </message>
    <message>
        <source>Check its name and the database it is looked for in.</source>
        <translation>Prüfen Sie ihren Namen und die Datenbank, in der sie gesucht wird.</translation>
    </message>
    <message>
        <source>The name of a computer could not be resolved.</source>
        <translation>Der Name eines Rechners konnte nicht aufgelöst werden.</translation>
    </message>
    <message>
        <source>Check the name that the line tells, and the cluster&apos;s name service.</source>
        <translation>Prüfen Sie den Namen, den die Zeile nennt, und den Namensdienst des Clusters.</translation>
    </message>
    <message>
        <source>The server and the driver could not reach each other.</source>
        <translation>Server und Driver konnten einander nicht erreichen.</translation>
    </message>
    <message>
        <source>Check the network between them, and whether the driver&apos;s Java fits the server.</source>
        <translation>Prüfen Sie das Netz zwischen ihnen, und ob das Java des Drivers zum Server passt.</translation>
    </message>
    <message>
        <source>Executors were lost, too many of them.</source>
        <translation>Executors gingen verloren, zu viele von ihnen.</translation>
    </message>
    <message>
        <source>Look into the executors&apos; logs; often they lack memory, or their machines were taken away.</source>
        <translation>Sehen Sie in die Protokolle der Executors; oft fehlt ihnen Speicher, oder ihre Rechner wurden ihnen genommen.</translation>
    </message>
    <message>
        <source>The process that runs the code died.</source>
        <translation>Der Prozess, der den Code ausführt, ist gestorben.</translation>
    </message>
    <message>
        <source>Restart the session. Code that ends Python, or takes all memory, does this.</source>
        <translation>Starten Sie die Sitzung neu. Code, der Python beendet oder allen Speicher nimmt, bewirkt das.</translation>
    </message>
    <message>
        <source>The program has a mistake in its syntax.</source>
        <translation>Das Programm hat einen Fehler in seiner Syntax.</translation>
    </message>
    <message>
        <source>Correct it where the lines before point to.</source>
        <translation>Berichtigen Sie ihn dort, wohin die Zeilen davor zeigen.</translation>
    </message>
    <message>
        <source>A user killed the application on the cluster.</source>
        <translation>Ein Benutzer hat die Anwendung auf dem Cluster beendet.</translation>
    </message>
    <message>
        <source>The line may name the user; else the cluster&apos;s own log does.</source>
        <translation>Die Zeile nennt vielleicht den Benutzer; sonst tut es das Protokoll des Clusters.</translation>
    </message>
    <message>
        <source>The program ended with an error that it did not handle.</source>
        <translation>Das Programm endete mit einem Fehler, den es nicht behandelt hat.</translation>
    </message>
    <message>
        <source>The line and those around it tell which.</source>
        <translation>Die Zeile und die um sie herum sagen, mit welchem.</translation>
    </message>
    <message>
        <source>The program ended itself with an exit code that means failure.</source>
        <translation>Das Programm hat sich selbst mit einem Exit-Code beendet, der Misserfolg bedeutet.</translation>
    </message>
    <message>
        <source>Look for what it printed before.</source>
        <translation>Sehen Sie nach, was es davor ausgegeben hat.</translation>
    </message>
    <message>
        <source>The server was started anew and had forgotten it.</source>
        <translation>Der Server wurde neu gestartet und hatte sie vergessen.</translation>
    </message>
    <message>
        <source>Start it again. A server with recovery keeps its sessions over a restart.</source>
        <translation>Starten Sie sie noch einmal. Ein Server mit Wiederherstellung behält seine Sitzungen über einen Neustart.</translation>
    </message>
    <message>
        <source>It was killed from outside.</source>
        <translation>Es wurde von außen beendet.</translation>
    </message>
    <message>
        <source>The cluster&apos;s own log says by whom.</source>
        <translation>Von wem, sagt das Protokoll des Clusters.</translation>
    </message>
    <message>
        <source>The cluster&apos;s quota for this namespace was used up.</source>
        <translation>Das Kontingent des Clusters für diesen Namensraum war aufgebraucht.</translation>
    </message>
    <message>
        <source>Ask for less, end what nobody uses, or have the quota raised.</source>
        <translation>Verlangen Sie weniger, beenden Sie, was niemand benutzt, oder lassen Sie das Kontingent erhöhen.</translation>
    </message>
    <message>
        <source>The container&apos;s image could not be fetched.</source>
        <translation>Das Abbild des Containers konnte nicht geholt werden.</translation>
    </message>
    <message>
        <source>Check the image&apos;s name, and whether the cluster may read it.</source>
        <translation>Prüfen Sie den Namen des Abbilds und ob der Cluster es lesen darf.</translation>
    </message>
    <message>
        <source>Java was not found.</source>
        <translation>Java wurde nicht gefunden.</translation>
    </message>
    <message>
        <source>Install Java there, or set JAVA_HOME to where it is.</source>
        <translation>Installieren Sie dort Java, oder setzen Sie JAVA_HOME auf seinen Ort.</translation>
    </message>
    <message>
        <source>A Python worker of an executor died.</source>
        <translation>Ein Python-Arbeiter eines Executors ist gestorben.</translation>
    </message>
    <message>
        <source>Often it lacked memory: set spark.executor.pyspark.memory or more overhead, or use smaller partitions; a library in C may have crashed, too.</source>
        <translation>Oft fehlte ihm Speicher: Setzen Sie spark.executor.pyspark.memory oder mehr Overhead, oder nehmen Sie kleinere Partitionen; auch eine Bibliothek in C kann abgestürzt sein.</translation>
    </message>
    <message>
        <source>The sign-in to the cloud&apos;s storage was missing, wrong or had expired.</source>
        <translation>Die Anmeldung beim Speicher der Cloud fehlte, war falsch oder abgelaufen.</translation>
    </message>
    <message>
        <source>Check the key or the identity that the session runs with.</source>
        <translation>Prüfen Sie den Schlüssel oder die Identität, mit der die Sitzung läuft.</translation>
    </message>
    <message>
        <source>The file system was in safe mode and took no changes.</source>
        <translation>Das Dateisystem war im abgesicherten Modus und nahm keine Änderungen an.</translation>
    </message>
    <message>
        <source>Wait until it has started; if it stays so, its operator has to look.</source>
        <translation>Warten Sie, bis es gestartet ist; bleibt es so, muss sein Betreiber nachsehen.</translation>
    </message>
    <message>
        <source>What was to be written is there already.</source>
        <translation>Was geschrieben werden sollte, gibt es schon.</translation>
    </message>
    <message>
        <source>Remove it, write elsewhere, or say that it may be overwritten.</source>
        <translation>Entfernen Sie es, schreiben Sie woandershin, oder erlauben Sie das Überschreiben.</translation>
    </message>
    <message>
        <source>A column was not found.</source>
        <translation>Eine Spalte wurde nicht gefunden.</translation>
    </message>
    <message>
        <source>Check its name; the line lists those there are.</source>
        <translation>Prüfen Sie ihren Namen; die Zeile nennt die, die es gibt.</translation>
    </message>
    <message>
        <source>The store of table definitions could not be reached.</source>
        <translation>Der Speicher der Tabellendefinitionen war nicht erreichbar.</translation>
    </message>
    <message>
        <source>Check whether the Hive metastore runs, and its address.</source>
        <translation>Prüfen Sie, ob der Hive-Metastore läuft, und seine Adresse.</translation>
    </message>
    <message>
        <source>A service did not accept the connection.</source>
        <translation>Ein Dienst nahm die Verbindung nicht an.</translation>
    </message>
    <message>
        <source>Check whether what the line names runs, and its address.</source>
        <translation>Prüfen Sie, ob läuft, was die Zeile nennt, und die Adresse.</translation>
    </message>
    <message>
        <source>The cluster took containers back for others.</source>
        <translation>Der Cluster hat Container für andere zurückgenommen.</translation>
    </message>
    <message>
        <source>Use a queue that may not be preempted, or start it again when there is room.</source>
        <translation>Nehmen Sie eine Warteschlange, der nichts genommen wird, oder starten Sie es neu, wenn Platz ist.</translation>
    </message>
    <message>
        <source>Parts of a shuffle were lost, mostly because executors were.</source>
        <translation>Teile eines Shuffles gingen verloren, meist weil Executoren verloren gingen.</translation>
    </message>
    <message>
        <source>Look into the executors&apos; logs; more memory, more partitions or an external shuffle service help.</source>
        <translation>Sehen Sie in die Protokolle der Executoren; mehr Speicher, mehr Partitionen oder ein externer Shuffle-Dienst helfen.</translation>
    </message>
    <message>
        <source>A table was broadcast, and it took too long.</source>
        <translation>Eine Tabelle wurde an alle verteilt, und das dauerte zu lange.</translation>
    </message>
    <message>
        <source>Raise spark.sql.broadcastTimeout, or keep the table from being broadcast (spark.sql.autoBroadcastJoinThreshold).</source>
        <translation>Erhöhen Sie spark.sql.broadcastTimeout, oder lassen Sie die Tabelle nicht verteilen (spark.sql.autoBroadcastJoinThreshold).</translation>
    </message>
    <message>
        <source>The driver was killed from outside.</source>
        <translation>Der Treiber wurde von außen beendet.</translation>
    </message>
    <message>
        <source>Somebody ended it, or the machine ran out of memory: its kernel log says so.</source>
        <translation>Jemand hat ihn beendet, oder dem Rechner ging der Speicher aus: Sein Kernelprotokoll sagt es dann.</translation>
    </message>
    <message>
        <source>Local Spark was stopped, and it ran there.</source>
        <translation>Lokales Spark wurde beendet, und dort lief es.</translation>
    </message>
    <message>
        <source>Start Local Spark, and a session on it, again.</source>
        <translation>Starten Sie Lokales Spark und darauf eine Sitzung neu.</translation>
    </message>
    <message>
        <source>It was stopped from here.</source>
        <translation>Das Beenden kam von hier.</translation>
    </message>
    <message>
        <source>Its Local Spark ended with the window, which did not end by itself: nobody saw when.</source>
        <translation>Sein Lokales Spark endete mit dem Fenster, das nicht von selbst endete: niemand sah, wann.</translation>
    </message>
    <message>
        <source>Start Local Spark, and a session or batch like it.</source>
        <translation>Starten Sie Lokales Spark und darauf eine gleiche Sitzung oder einen gleichen Batch.</translation>
    </message>
    <message>
        <source>Probably the server ended it because nobody had used it for an hour: how long it might be idle was not told, and that is usual.</source>
        <translation>Vermutlich hat der Server sie beendet, weil niemand sie eine Stunde lang benutzt hatte: wie lange sie untätig sein durfte, wurde nicht gesagt, und das ist üblich.</translation>
    </message>
    <message>
        <source>The account that it ran with may not do this in the cluster.</source>
        <translation>Das Konto, unter dem es lief, darf das im Cluster nicht.</translation>
    </message>
    <message>
        <source>Name a service account that may (spark.kubernetes.authenticate.driver.serviceAccountName), or have this one given the right.</source>
        <translation>Ein Dienstkonto nennen, das es darf (spark.kubernetes.authenticate.driver.serviceAccountName), oder diesem das Recht geben lassen.</translation>
    </message>
    <message>
        <source>It ended while Kindling did not see its server, which has forgotten it since: nobody saw how.</source>
        <translation>Es endete, während Kindling seinen Server nicht sah, der es inzwischen vergessen hat: niemand sah, wie.</translation>
    </message>
    <message>
        <source>The cluster&apos;s own pages may tell: its resource manager, or Spark&apos;s history server.</source>
        <translation>Die Seiten des Clusters selbst sagen es vielleicht: sein Ressourcenverwalter oder der Verlaufsserver von Spark.</translation>
    </message>
</context>
<context>
    <name>kindling::CellColumn</name>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
</context>
<context>
    <name>kindling::CellHeader</name>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>Raw</source>
        <comment>kind of cell</comment>
        <translation>Roh</translation>
    </message>
    <message>
        <source>Interrupt</source>
        <translation>Unterbrechen</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Kind of cell</source>
        <translation>Art der Zelle</translation>
    </message>
    <message>
        <source>Add cell below</source>
        <translation>Zelle darunter einfügen</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Insert cell &amp;above</source>
        <translation>Zelle d&amp;arüber einfügen</translation>
    </message>
    <message>
        <source>Insert cell &amp;below</source>
        <translation>Zelle dar&amp;unter einfügen</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>Nach &amp;oben</translation>
    </message>
    <message>
        <source>Move &amp;down</source>
        <translation>Nach u&amp;nten</translation>
    </message>
    <message>
        <source>De&amp;lete cell</source>
        <translation>Zelle &amp;löschen</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>succeeded</source>
        <translation>erfolgreich</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
</context>
<context>
    <name>kindling::CellRuns</name>
    <message>
        <source>The server was removed while this ran</source>
        <translation>Der Server wurde entfernt, während dies lief</translation>
    </message>
</context>
<context>
    <name>kindling::CellView</name>
    <message>
        <source>Cell %1</source>
        <translation>Zelle %1</translation>
    </message>
    <message>
        <source>Code of cell %1</source>
        <translation>Code der Zelle %1</translation>
    </message>
</context>
<context>
    <name>kindling::CentralTabs</name>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Session %1</source>
        <translation>Sitzung %1</translation>
    </message>
    <message>
        <source>Batch %1</source>
        <translation>Batch %1</translation>
    </message>
    <message>
        <source>Local Spark</source>
        <translation>Lokales Spark</translation>
    </message>
    <message>
        <source>%1 (earlier)</source>
        <translation>%1 (früher)</translation>
    </message>
</context>
<context>
    <name>kindling::ChoiceFilter</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a value, and how many have it</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a filter, and how many values it lets through</comment>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>kindling::ClientCertificate</name>
    <message>
        <source>The file %1 holds no private key (PEM).</source>
        <translation>Die Datei %1 enthält keinen privaten Schlüssel (PEM).</translation>
    </message>
    <message>
        <source>The key of a client certificate is in the same file, or in one of its own that is named beside it.</source>
        <translation>Der Schlüssel eines Client-Zertifikats steht in derselben Datei, oder in einer eigenen, die daneben genannt wird.</translation>
    </message>
    <message>
        <source>The private key in %1 is encrypted.</source>
        <translation>Der private Schlüssel in %1 ist verschlüsselt.</translation>
    </message>
    <message>
        <source>Keep it without a passphrase, in a file that only you can read: openssl pkey -in FILE -out KEY</source>
        <translation>Er muss ohne Passphrase in einer Datei stehen, die nur Sie lesen können: openssl pkey -in FILE -out KEY</translation>
    </message>
    <message>
        <source>The private key in %1 cannot be read: only RSA, EC and DSA keys can.</source>
        <translation>Der private Schlüssel in %1 kann nicht gelesen werden: Das geht nur mit RSA-, EC- und DSA-Schlüsseln.</translation>
    </message>
</context>
<context>
    <name>kindling::CommandPalette</name>
    <message>
        <source>Commands and sessions</source>
        <translation>Befehle und Sitzungen</translation>
    </message>
    <message>
        <source>A command, session, batch, server or tab</source>
        <translation>Befehl, Sitzung, Batch, Server oder Reiter</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>Nothing has these letters in this order</source>
        <translation>Nichts hat diese Buchstaben in dieser Folge</translation>
    </message>
    <message>
        <source>The best %1 of %2</source>
        <translation>Die besten %1 von %2</translation>
    </message>
    <message>
        <source>Enter runs it, Escape closes</source>
        <translation>Eingabe führt aus, Esc schließt</translation>
    </message>
</context>
<context>
    <name>kindling::ComparePage</name>
    <message>
        <source>Session %1</source>
        <translation>Sitzung %1</translation>
    </message>
    <message>
        <source>Batch %1</source>
        <translation>Batch %1</translation>
    </message>
    <message>
        <source>Ended as</source>
        <translation>Endete als</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>Begann</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Besitzer</translation>
    </message>
    <message>
        <source>Lines of log</source>
        <translation>Zeilen im Protokoll</translation>
    </message>
    <message>
        <source>No other run is chosen</source>
        <translation>Kein anderer Lauf ist gewählt</translation>
    </message>
    <message>
        <source>Choose one above: what differs between the two is shown here.</source>
        <translation>Oben einen wählen: Hier steht dann, worin sich die beiden unterscheiden.</translation>
    </message>
    <message>
        <source>Compare &amp;with</source>
        <translation>Vergleichen &amp;mit</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Vergleichen mit</translation>
    </message>
    <message>
        <source>Differences only</source>
        <translation>Nur Unterschiede</translation>
    </message>
    <message>
        <source>Only settings in which the two differ</source>
        <translation>Nur Einstellungen, in denen sich die beiden unterscheiden</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Nothing was recorded of it</source>
        <translation>Davon wurde nichts aufgezeichnet</translation>
    </message>
    <message>
        <source>Only what was recorded can be compared.</source>
        <translation>Nur Aufgezeichnetes lässt sich vergleichen.</translation>
    </message>
    <message>
        <source>No other run was recorded</source>
        <translation>Kein anderer Lauf wurde aufgezeichnet</translation>
    </message>
    <message>
        <source>Choose a run</source>
        <translation>Einen Lauf wählen</translation>
    </message>
    <message>
        <source>Looking into the records…</source>
        <translation>Die Aufzeichnungen werden gelesen …</translation>
    </message>
    <message>
        <source>Of neither a line of log was recorded</source>
        <translation>Von keinem wurde eine Protokollzeile aufgezeichnet</translation>
    </message>
    <message>
        <source>Their logs differ in numbers only</source>
        <translation>Die Protokolle unterscheiden sich nur in Zahlen</translation>
    </message>
    <message>
        <source>Their logs part in line %1</source>
        <translation>Die Protokolle trennen sich in Zeile %1</translation>
    </message>
    <message>
        <source>Their logs are the same</source>
        <translation>Ihre Protokolle sind gleich</translation>
    </message>
    <message>
        <source>Their logs are the same in the first %1 lines; only those are compared</source>
        <translation>Ihre Protokolle sind in den ersten %1 Zeilen gleich; nur diese werden verglichen</translation>
    </message>
    <message>
        <source>Their logs differ in numbers only in the first %1 lines; only those are compared</source>
        <translation>Ihre Protokolle unterscheiden sich in den ersten %1 Zeilen nur in Zahlen; nur diese werden verglichen</translation>
    </message>
</context>
<context>
    <name>kindling::ConfigurationPage</name>
    <message>
        <source>the server does not show it</source>
        <translation>der Server zeigt es nicht</translation>
    </message>
    <message>
        <source>set by the server</source>
        <translation>vom Server gesetzt</translation>
    </message>
    <message>
        <source>changed by the server</source>
        <translation>vom Server geändert</translation>
    </message>
    <message>
        <source>Differences only</source>
        <translation>Nur Unterschiede</translation>
    </message>
    <message>
        <source>Only what was asked for and what is do not agree on</source>
        <translation>Nur, worin Verlangtes und Tatsächliches nicht übereinstimmen</translation>
    </message>
    <message>
        <source>Requested</source>
        <translation>Verlangt</translation>
    </message>
    <message>
        <source>Effective</source>
        <translation>Tatsächlich</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Konfiguration</translation>
    </message>
    <message>
        <source>What was asked for from here, and what the server says that it is.</source>
        <translation>Was von hier verlangt wurde, und was es nach Aussage des Servers ist.</translation>
    </message>
    <message>
        <source>It was not started from here, or before requests were recorded: only what its server says is known.</source>
        <translation>Nicht von hier gestartet, oder bevor Anfragen aufgezeichnet wurden: Bekannt ist nur, was der Server sagt.</translation>
    </message>
    <message>
        <source>Its configuration is not known</source>
        <translation>Die Konfiguration ist nicht bekannt</translation>
    </message>
</context>
<context>
    <name>kindling::ConnectionFields</name>
    <message>
        <source>Ad&amp;vanced</source>
        <translation>Er&amp;weitert</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>Act for</source>
        <translation>Handeln für</translation>
    </message>
    <message>
        <source>The user who signs in</source>
        <translation>Wer sich anmeldet</translation>
    </message>
    <message>
        <source>Act f&amp;or</source>
        <translation>Handeln &amp;für</translation>
    </message>
    <message>
        <source>The system&apos;s certificate authorities</source>
        <translation>Die Zertifizierungsstellen des Systems</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>&amp;Durchsuchen …</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen …</translation>
    </message>
    <message>
        <source>Authority &amp;file</source>
        <translation>&amp;Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>Pinned certificate</source>
        <translation>Festes Zertifikat</translation>
    </message>
    <message>
        <source>None; else its SHA-256</source>
        <translation>Keines; sonst sein SHA-256</translation>
    </message>
    <message>
        <source>P&amp;inned certificate</source>
        <translation>Festes Zert&amp;ifikat</translation>
    </message>
    <message>
        <source>Extra headers</source>
        <translation>Weitere Kopfzeilen</translation>
    </message>
    <message>
        <source>E&amp;xtra headers</source>
        <translation>Weitere &amp;Kopfzeilen</translation>
    </message>
    <message>
        <source>One a line, sent with every request. Values are kept like the password and not shown again.</source>
        <translation>Je Zeile eine, gesendet mit jeder Anfrage. Die Werte werden wie das Passwort aufbewahrt und nicht wieder gezeigt.</translation>
    </message>
    <message>
        <source>&amp;Go through the system&apos;s proxy, if there is one</source>
        <translation>Über den Pro&amp;xy des Systems gehen, falls es einen gibt</translation>
    </message>
    <message>
        <source>Go through the system&apos;s proxy, if there is one</source>
        <translation>Über den Proxy des Systems gehen, falls es einen gibt</translation>
    </message>
    <message>
        <source>A pinned certificate needs no authority: leave one of the two empty.</source>
        <translation>Ein festes Zertifikat braucht keine Zertifizierungsstelle: eines von beiden leer lassen.</translation>
    </message>
    <message>
        <source>Only an https address has a certificate.</source>
        <translation>Nur eine Adresse mit https hat ein Zertifikat.</translation>
    </message>
    <message>
        <source>An Authorization header and another sign-in exclude each other.</source>
        <translation>Eine Authorization-Kopfzeile und eine andere Anmeldung schließen einander aus.</translation>
    </message>
    <message>
        <source>The header %1 is there twice.</source>
        <translation>Die Kopfzeile %1 steht zweimal da.</translation>
    </message>
    <message>
        <source>No value of the header %1 is stored: type it.</source>
        <translation>Von der Kopfzeile %1 ist kein Wert gespeichert: geben Sie ihn ein.</translation>
    </message>
    <message>
        <source>X-Api-Key: value</source>
        <comment>a header, as it is typed</comment>
        <translation>X-Api-Key: Wert</translation>
    </message>
    <message numerus="yes">
        <source>More than %Ln header(s) are not kept.</source>
        <translation>
            <numerusform>Mehr als %Ln Kopfzeile wird nicht aufbewahrt.</numerusform>
            <numerusform>Mehr als %Ln Kopfzeilen werden nicht aufbewahrt.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Client certificate</source>
        <translation>&amp;Client-Zertifikat</translation>
    </message>
    <message>
        <source>None; else a file (PEM)</source>
        <translation>Keines; sonst eine Datei (PEM)</translation>
    </message>
    <message>
        <source>Its &amp;key</source>
        <translation>Sein Sch&amp;lüssel</translation>
    </message>
    <message>
        <source>In the same file</source>
        <translation>In derselben Datei</translation>
    </message>
    <message>
        <source>Largest answer</source>
        <translation>Größte Antwort</translation>
    </message>
    <message>
        <source> MiB</source>
        <comment>behind a number</comment>
        <translation> MiB</translation>
    </message>
    <message>
        <source>&amp;Largest answer</source>
        <translation>G&amp;rößte Antwort</translation>
    </message>
    <message>
        <source>A key without its certificate is of no use: name the client certificate too.</source>
        <translation>Ein Schlüssel ohne sein Zertifikat nützt nichts: Nennen Sie auch das Client-Zertifikat.</translation>
    </message>
</context>
<context>
    <name>kindling::DesktopChannel</name>
    <message>
        <source>Kindling</source>
        <translation>Kindling</translation>
    </message>
    <message>
        <source>Show</source>
        <comment>opens what a notification is about</comment>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>kindling::EventsLabels</name>
    <message>
        <source>gone</source>
        <translation>weg</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Session or batch</source>
        <translation>Sitzung oder Batch</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>you</source>
        <comment>who changed it</comment>
        <translation>Sie</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>created</source>
        <translation>angelegt</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>gelöscht</translation>
    </message>
    <message>
        <source>ran a statement</source>
        <translation>führte eine Anweisung aus</translation>
    </message>
    <message>
        <source>ran statement %1</source>
        <translation>führte Anweisung %1 aus</translation>
    </message>
    <message>
        <source>cancelled a statement</source>
        <translation>brach eine Anweisung ab</translation>
    </message>
    <message>
        <source>cancelled statement %1</source>
        <translation>brach Anweisung %1 ab</translation>
    </message>
    <message>
        <source>kept alive</source>
        <translation>hielt am Leben</translation>
    </message>
    <message>
        <source>To, or act</source>
        <translation>Nach, oder Handlung</translation>
    </message>
    <message>
        <source>Note or answer</source>
        <translation>Notiz oder Antwort</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>restarted Python</source>
        <translation>Python neu gestartet</translation>
    </message>
</context>
<context>
    <name>kindling::EventsPane</name>
    <message>
        <source>Nothing has changed yet</source>
        <translation>Noch hat sich nichts geändert</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Own acts</source>
        <translation>Eigenes</translation>
    </message>
    <message>
        <source>Only what Kindling changed on a server, or was refused, in earlier runs too</source>
        <translation>Nur was Kindling auf einem Server änderte oder ändern wollte, auch früher</translation>
    </message>
    <message>
        <source>Bad only</source>
        <translation>Nur Schlechtes</translation>
    </message>
    <message>
        <source>Only what failed or died</source>
        <translation>Nur was scheiterte oder starb</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Nichts passt</translation>
    </message>
    <message>
        <source>No event passes the filters.</source>
        <translation>Kein Ereignis kommt durch die Filter.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>Every change of a session&apos;s or batch&apos;s state appears here with its time, and whatever you change yourself.</source>
        <translation>Jede Zustandsänderung einer Sitzung oder eines Batches erscheint hier mit ihrer Zeit, und was Sie selbst ändern.</translation>
    </message>
    <message>
        <source>Older ones are not shown</source>
        <translation>Ältere sind nicht zu sehen</translation>
    </message>
    <message>
        <source>Of earlier runs the newest %L1 own acts are here, of all at most %L2 events.</source>
        <translation>Aus früheren Läufen stehen hier die neuesten %L1 eigenen Handlungen, insgesamt höchstens %L2 Ereignisse.</translation>
    </message>
</context>
<context>
    <name>kindling::FactView</name>
    <message>
        <source>Hide secret values</source>
        <translation>Geheime Werte verbergen</translation>
    </message>
    <message>
        <source>Show secret values</source>
        <translation>Geheime Werte zeigen</translation>
    </message>
</context>
<context>
    <name>kindling::FileFields</name>
    <message>
        <source>hdfs:///libs/a.jar
One a line</source>
        <translation>hdfs:///libs/a.jar
Eine je Zeile</translation>
    </message>
    <message>
        <source>Modules: .py, .zip, .egg</source>
        <translation>Module: .py, .zip, .egg</translation>
    </message>
    <message>
        <source>Put beside each executor</source>
        <translation>Liegen neben jedem Executor</translation>
    </message>
    <message>
        <source>Unpacked beside each executor</source>
        <translation>Werden neben jedem Executor entpackt</translation>
    </message>
</context>
<context>
    <name>kindling::HistoryLabels</name>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Took</source>
        <comment>how long a statement ran</comment>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
</context>
<context>
    <name>kindling::HistoryPane</name>
    <message>
        <source>Search code, errors and sessions</source>
        <translation>Code, Fehler und Sitzungen durchsuchen</translation>
    </message>
    <message>
        <source>Insert into notebook</source>
        <translation>In Notebook einfügen</translation>
    </message>
    <message>
        <source>As a new cell of the notebook used last</source>
        <translation>Als neue Zelle des zuletzt benutzten Notebooks</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>Code kopieren</translation>
    </message>
    <message>
        <source>Open session</source>
        <translation>Sitzung öffnen</translation>
    </message>
    <message>
        <source>The session it ran in, also when the server has forgotten it</source>
        <translation>Die Sitzung, in der sie lief, auch wenn der Server sie vergessen hat</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Reading the history…</source>
        <translation>Der Verlauf wird gelesen …</translation>
    </message>
    <message>
        <source>The history cannot be read</source>
        <translation>Der Verlauf lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Nichts passt</translation>
    </message>
    <message>
        <source>No recorded statement holds this text.</source>
        <translation>Keine aufgezeichnete Anweisung enthält diesen Text.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>Nothing was run yet</source>
        <translation>Noch wurde nichts ausgeführt</translation>
    </message>
    <message>
        <source>Every statement that is run appears here, over all servers, also after its session is gone.</source>
        <translation>Jede ausgeführte Anweisung erscheint hier, über alle Server, auch wenn ihre Sitzung weg ist.</translation>
    </message>
</context>
<context>
    <name>kindling::ItemChoices</name>
    <message>
        <source>without a kind</source>
        <translation>ohne Art</translation>
    </message>
    <message>
        <source>without an owner</source>
        <translation>ohne Besitzer</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Batches</source>
        <translation>Batches</translation>
    </message>
</context>
<context>
    <name>kindling::ItemDesk</name>
    <message>
        <source>As session %1; the name is left open.</source>
        <translation>Wie Sitzung %1; der Name bleibt offen.</translation>
    </message>
    <message>
        <source>As batch %1; the name is left open.</source>
        <translation>Wie Batch %1; der Name bleibt offen.</translation>
    </message>
    <message>
        <source>Nothing was sent: the server is not connected.</source>
        <translation>Nichts wurde gesendet: Der Server ist nicht verbunden.</translation>
    </message>
    <message>
        <source>Restart Python?</source>
        <translation>Python neu starten?</translation>
    </message>
    <message>
        <source>What runs in Python ends, and its variables are gone. Views, added files, SQL and Scala stay as they are.</source>
        <translation>Was in Python läuft, endet, und seine Variablen sind verloren. Views, hinzugefügte Dateien, SQL und Scala bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Restart Python</source>
        <translation>Python neu starten</translation>
    </message>
    <message>
        <source>Batch %1 was not submitted from here, and servers do not tell what a batch was given.</source>
        <translation>Batch %1 wurde nicht von hier gestartet, und Server sagen nicht, womit.</translation>
    </message>
    <message>
        <source>Secrets are not recorded; to be filled in: %1</source>
        <translation>Geheimes wird nicht aufgezeichnet; einzutragen ist: %1</translation>
    </message>
    <message>
        <source>Stop this?</source>
        <translation>Dies beenden?</translation>
    </message>
    <message>
        <source>What runs in it ends, and what it holds in memory is gone. Its server lists it as dead for a while, with its log.</source>
        <translation>Was darin läuft, endet, und was im Speicher liegt, ist weg. Der Server führt es noch eine Weile als tot auf, mit Protokoll.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>%1 was left alone: its number names another one now.</source>
        <translation>%1 blieb unberührt: Die Nummer benennt jetzt etwas anderes.</translation>
    </message>
    <message>
        <source>Export the table</source>
        <translation>Tabelle exportieren</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>CSV-Dateien (*.csv)</translation>
    </message>
    <message>
        <source>The table could not be written to %1: %2</source>
        <translation>Die Tabelle konnte nicht nach %1 geschrieben werden: %2</translation>
    </message>
    <message>
        <source>Restart this session?</source>
        <translation>Diese Sitzung neu starten?</translation>
    </message>
    <message>
        <source>It is deleted, and one like it is begun. What runs in it ends, and what it holds in memory is gone.</source>
        <translation>Sie wird gelöscht, und eine gleiche wird begonnen. Was in ihr läuft, endet, und was sie im Speicher hält, ist weg.</translation>
    </message>
    <message>
        <source>Restart session</source>
        <translation>Sitzung neu starten</translation>
    </message>
    <message>
        <source>The session was deleted, but the new one was refused.</source>
        <translation>Die Sitzung wurde gelöscht, die neue aber abgelehnt.</translation>
    </message>
    <message>
        <source>Session %1 is deleted when this is sent.</source>
        <translation>Session %1 wird gelöscht, wenn dies gesendet wird.</translation>
    </message>
    <message>
        <source>The session was deleted, but none was begun: its server was removed from Kindling meanwhile.</source>
        <translation>Die Session wurde gelöscht, aber keine neue begonnen: Ihr Server wurde inzwischen aus Kindling entfernt.</translation>
    </message>
</context>
<context>
    <name>kindling::ItemFilterBar</name>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Only these states</source>
        <translation>Nur diese Zustände</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Only these kinds</source>
        <translation>Nur diese Arten</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Besitzer</translation>
    </message>
    <message>
        <source>Only these owners</source>
        <translation>Nur diese Besitzer</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Only sessions, or only batches</source>
        <translation>Nur Sitzungen, oder nur Batches</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Only these servers</source>
        <translation>Nur diese Server</translation>
    </message>
</context>
<context>
    <name>kindling::ItemPane</name>
    <message>
        <source>Its server was removed from Kindling. This is what was last known.</source>
        <translation>Der Server wurde aus Kindling entfernt. Dies ist der letzte bekannte Stand.</translation>
    </message>
    <message>
        <source>Gone: last seen %1. The server does not list it any more.</source>
        <translation>Weg: zuletzt gesehen %1. Der Server führt es nicht mehr auf.</translation>
    </message>
    <message>
        <source>Gone: the server does not list it.</source>
        <translation>Weg: Der Server führt es nicht auf.</translation>
    </message>
    <message>
        <source>%1 is offline.</source>
        <translation>%1 ist offline.</translation>
    </message>
    <message>
        <source>%1 is offline. This is as of %2.</source>
        <translation>%1 ist offline. Dies ist der Stand von %2.</translation>
    </message>
    <message>
        <source>gone, was %1</source>
        <translation>weg, war %1</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>weg</translation>
    </message>
    <message>
        <source>not seen yet</source>
        <translation>noch nicht gesehen</translation>
    </message>
    <message>
        <source>deleting</source>
        <translation>wird gelöscht</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Besitzer</translation>
    </message>
    <message>
        <source>Run as</source>
        <translation>Ausführen als</translation>
    </message>
    <message>
        <source>In this state</source>
        <translation>In diesem Zustand</translation>
    </message>
    <message>
        <source>App id</source>
        <translation>App-ID</translation>
    </message>
    <message>
        <source>Spark UI</source>
        <translation>Spark-Oberfläche</translation>
    </message>
    <message>
        <source>Driver log</source>
        <translation>Treiberprotokoll</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>Treiber</translation>
    </message>
    <message>
        <source>Executors</source>
        <translation>Executors</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Ends when idle for</source>
        <translation>Endet nach Untätigkeit von</translation>
    </message>
    <message>
        <source>Lives at most</source>
        <translation>Lebt höchstens</translation>
    </message>
    <message>
        <source>Spark settings</source>
        <translation>Spark-Einstellungen</translation>
    </message>
    <message>
        <source>1 core</source>
        <translation>1 Kern</translation>
    </message>
    <message>
        <source>This one is over. It is shown as recorded until %1; its id may name another one now.</source>
        <translation>Dies ist vorbei. Gezeigt wird, was bis %1 aufgezeichnet wurde; die Id kann jetzt etwas anderes benennen.</translation>
    </message>
    <message>
        <source>The server does not list it any more. It is shown as recorded until %1.</source>
        <translation>Der Server führt es nicht mehr auf. Gezeigt wird, was bis %1 aufgezeichnet wurde.</translation>
    </message>
    <message>
        <source>Its server has not answered yet. It is shown as recorded until %1.</source>
        <translation>Der Server hat noch nicht geantwortet. Gezeigt wird, was bis %1 aufgezeichnet wurde.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln cores</source>
        <translation>
            <numerusform>%Ln Kern</numerusform>
            <numerusform>%Ln Kerne</numerusform>
        </translation>
    </message>
    <message>
        <source>Sho&amp;w log</source>
        <translation>Protokoll &amp;zeigen</translation>
    </message>
</context>
<context>
    <name>kindling::ItemRecord</name>
    <message>
        <source>Nothing was recorded of it.</source>
        <translation>Davon wurde nichts aufgezeichnet.</translation>
    </message>
</context>
<context>
    <name>kindling::ItemRun</name>
    <message>
        <source>%1 is stopped.</source>
        <translation>%1 ist beendet.</translation>
    </message>
    <message>
        <source>--- some lines were not seen ---</source>
        <translation>--- einige Zeilen wurden nicht gesehen ---</translation>
    </message>
    <message>
        <source>Some of what the server lists could not be read.</source>
        <translation>Ein Teil dessen, was der Server auflistet, war nicht zu lesen.</translation>
    </message>
    <message>
        <source>The list could not be read as a whole: some may be missing.</source>
        <translation>Die Liste war nicht vollständig zu lesen: Es können welche fehlen.</translation>
    </message>
    <message>
        <source>List them once more.</source>
        <translation>Listen Sie sie noch einmal auf.</translation>
    </message>
    <message>
        <source>There is no %1 on %2.</source>
        <translation>%1 gibt es auf %2 nicht.</translation>
    </message>
    <message>
        <source>“kindling list” shows what there is.</source>
        <translation>„kindling list“ zeigt, was es gibt.</translation>
    </message>
    <message>
        <source>%1 has ended, and the server has forgotten its log.</source>
        <translation>%1 ist zu Ende, und der Server hat das Protokoll vergessen.</translation>
    </message>
    <message>
        <source>The log cannot be read: %1</source>
        <translation>Das Protokoll ist nicht zu lesen: %1</translation>
    </message>
    <message>
        <source>Trying again until it can.</source>
        <translation>Es wird versucht, bis es gelingt.</translation>
    </message>
    <message>
        <source>%1 has no sessions and no batches.</source>
        <translation>%1 hat keine Sitzungen und keine Batches.</translation>
    </message>
</context>
<context>
    <name>kindling::LaunchWords</name>
    <message>
        <source>%1 · waiting for app id</source>
        <translation>%1 · wartet auf App-ID</translation>
    </message>
    <message>
        <source>%1 · waiting for its driver</source>
        <translation>%1 · wartet auf seinen Treiber</translation>
    </message>
    <message>
        <source>%1 · driver starts</source>
        <translation>%1 · Treiber startet</translation>
    </message>
    <message>
        <source>%1 · interpreter starts</source>
        <translation>%1 · Interpreter startet</translation>
    </message>
</context>
<context>
    <name>kindling::LivyWords</name>
    <message>
        <source>the answer: an object was expected</source>
        <translation>die Antwort: ein Objekt wurde erwartet</translation>
    </message>
    <message>
        <source>%1: an object was expected</source>
        <translation>%1: ein Objekt wurde erwartet</translation>
    </message>
    <message>
        <source>%1: a value was expected</source>
        <translation>%1: ein Wert wurde erwartet</translation>
    </message>
    <message>
        <source>%1: text was expected</source>
        <translation>%1: Text wurde erwartet</translation>
    </message>
    <message>
        <source>%1: an id was expected</source>
        <translation>%1: eine ID wurde erwartet</translation>
    </message>
    <message>
        <source>%1: a whole number of 32 bits was expected</source>
        <translation>%1: eine ganze Zahl von 32 Bit wurde erwartet</translation>
    </message>
    <message>
        <source>%1: a whole number of 64 bits was expected</source>
        <translation>%1: eine ganze Zahl von 64 Bit wurde erwartet</translation>
    </message>
    <message>
        <source>%1: a number was expected</source>
        <translation>%1: eine Zahl wurde erwartet</translation>
    </message>
    <message>
        <source>%1: a list was expected</source>
        <translation>%1: eine Liste wurde erwartet</translation>
    </message>
    <message>
        <source>%1 refused the sign-in.</source>
        <translation>%1 hat die Anmeldung abgelehnt.</translation>
    </message>
    <message>
        <source>%1 does not allow you to do this.</source>
        <translation>%1 erlaubt Ihnen das nicht.</translation>
    </message>
    <message>
        <source>%1 does not know this, or no longer.</source>
        <translation>%1 kennt das nicht oder nicht mehr.</translation>
    </message>
    <message>
        <source>The proxy on the way to %1 asks to sign in.</source>
        <translation>Der Proxy auf dem Weg zu %1 verlangt eine Anmeldung.</translation>
    </message>
    <message>
        <source>The request is too large for %1.</source>
        <translation>Die Anfrage ist zu groß für %1.</translation>
    </message>
    <message>
        <source>%1 is busy and asks to come later.</source>
        <translation>%1 ist ausgelastet und bittet, es später zu versuchen.</translation>
    </message>
    <message>
        <source>The gateway before %1 got no answer from the server behind it.</source>
        <translation>Das Gateway vor %1 bekam vom Server dahinter keine Antwort.</translation>
    </message>
    <message>
        <source>%1 failed to do this.</source>
        <translation>%1 ist daran gescheitert.</translation>
    </message>
    <message>
        <source>%1 refused the request.</source>
        <translation>%1 hat die Anfrage abgelehnt.</translation>
    </message>
    <message>
        <source>%1 answered with the unexpected status %2.</source>
        <translation>%1 antwortete mit dem unerwarteten Status %2.</translation>
    </message>
    <message>
        <source>not an object</source>
        <translation>kein Objekt</translation>
    </message>
    <message>
        <source>The answer is not valid JSON.</source>
        <translation>Die Antwort ist kein gültiges JSON.</translation>
    </message>
    <message>
        <source>%1 answered with a web page instead of Livy&apos;s data. Perhaps it wants to sign in.</source>
        <translation>%1 antwortete mit einer Webseite statt mit Daten von Livy. Vielleicht ist eine Anmeldung nötig.</translation>
    </message>
    <message>
        <source>The server&apos;s answer does not follow the Livy protocol.</source>
        <translation>Die Antwort des Servers folgt nicht dem Protokoll von Livy.</translation>
    </message>
    <message>
        <source>The output could not be read.</source>
        <translation>Die Ausgabe ließ sich nicht lesen.</translation>
    </message>
    <message>
        <source>%1 is not text; it is shown as it came.</source>
        <translation>%1 ist kein Text; gezeigt wird es, wie es kam.</translation>
    </message>
    <message>
        <source>%1 is not valid base64.</source>
        <translation>%1 ist kein gültiges Base64.</translation>
    </message>
    <message>
        <source>There is no view for %1; the raw view has it.</source>
        <translation>Für %1 gibt es keine Ansicht; die Rohansicht zeigt es.</translation>
    </message>
    <message>
        <source>Error</source>
        <comment>title of a failed output without a name</comment>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>The table could not be read.</source>
        <translation>Die Tabelle ließ sich nicht lesen.</translation>
    </message>
    <message>
        <source>Some rows have more cells than there are columns; the raw view has them all.</source>
        <translation>Einige Zeilen haben mehr Zellen, als es Spalten gibt; die Rohansicht zeigt alle.</translation>
    </message>
    <message>
        <source>Some rows are shorter than others; their cells may not stand under their columns.</source>
        <translation>Einige Zeilen sind kürzer als andere; ihre Zellen stehen vielleicht nicht unter ihren Spalten.</translation>
    </message>
    <message>
        <source>The session has ended.</source>
        <translation>Die Sitzung ist zu Ende.</translation>
    </message>
    <message>
        <source>The session is not ready yet.</source>
        <translation>Die Sitzung ist noch nicht bereit.</translation>
    </message>
    <message>
        <source>The session could not be started.</source>
        <translation>Die Sitzung konnte nicht gestartet werden.</translation>
    </message>
    <message>
        <source>The session is just ending.</source>
        <translation>Die Sitzung geht gerade zu Ende.</translation>
    </message>
    <message>
        <source>%1 has lost its connection to the session&apos;s driver.</source>
        <translation>%1 hat die Verbindung zum Treiber der Sitzung verloren.</translation>
    </message>
    <message>
        <source>%1 keeps this statement no longer.</source>
        <translation>%1 bewahrt diese Anweisung nicht mehr auf.</translation>
    </message>
    <message>
        <source>%1 does not have this session or batch, or no longer.</source>
        <translation>%1 hat diese Sitzung oder diesen Batch nicht oder nicht mehr.</translation>
    </message>
    <message>
        <source>The name is taken. One that has just ended keeps its name for some minutes.</source>
        <translation>Der Name ist vergeben. Auch wer gerade zu Ende ging, behält seinen Namen noch einige Minuten.</translation>
    </message>
    <message>
        <source>A name must not be empty, and not a number alone.</source>
        <translation>Ein Name darf nicht leer sein und nicht nur aus einer Zahl bestehen.</translation>
    </message>
    <message>
        <source>%1 has as many starts under way as it allows. Try again in a while.</source>
        <translation>%1 startet gerade so viele, wie erlaubt sind. Versuchen Sie es nach einer Weile wieder.</translation>
    </message>
    <message>
        <source>%1 does not allow some of these settings to be changed.</source>
        <translation>%1 erlaubt nicht, einige dieser Einstellungen zu ändern.</translation>
    </message>
    <message>
        <source>You may not act for this user on %1.</source>
        <translation>Sie dürfen auf %1 nicht für diesen Benutzer handeln.</translation>
    </message>
    <message>
        <source>%1 takes no files from this folder.</source>
        <translation>%1 nimmt aus diesem Ordner keine Dateien an.</translation>
    </message>
    <message>
        <source>The path of a file has to be absolute, or to have a scheme.</source>
        <translation>Der Pfad einer Datei muss absolut sein oder ein Schema haben.</translation>
    </message>
    <message>
        <source>A batch needs a file to run.</source>
        <translation>Ein Batch braucht eine Datei, die er ausführt.</translation>
    </message>
    <message>
        <source>%1 runs batches only: the part for interactive sessions is not installed there.</source>
        <translation>%1 führt nur Batches aus: Der Teil für interaktive Sitzungen ist dort nicht installiert.</translation>
    </message>
    <message>
        <source>Something on the way to %1 removes the header X-Requested-By, which it asks for.</source>
        <translation>Etwas auf dem Weg zu %1 entfernt den Header X-Requested-By, der dort verlangt wird.</translation>
    </message>
    <message>
        <source>%1 does not know a field of this request. Perhaps it is an older version.</source>
        <translation>%1 kennt ein Feld dieser Anfrage nicht. Vielleicht ist es eine ältere Version.</translation>
    </message>
    <message>
        <source>A time is not written as %1 reads it. Write 90s, 30m or 8h.</source>
        <translation>Eine Zeit ist nicht so geschrieben, wie %1 sie liest. Schreiben Sie 90s, 30m oder 8h.</translation>
    </message>
    <message>
        <source>This session has no language of its own: the statement has to name one.</source>
        <translation>Diese Sitzung hat keine eigene Sprache: Die Anweisung muss eine nennen.</translation>
    </message>
    <message>
        <source>The headers of the request are too large for %1.</source>
        <translation>Die Header der Anfrage sind zu groß für %1.</translation>
    </message>
    <message>
        <source>%1 expected a number in the request.</source>
        <translation>%1 hat in der Anfrage eine Zahl erwartet.</translation>
    </message>
    <message>
        <source>%1 does not know this language.</source>
        <translation>%1 kennt diese Sprache nicht.</translation>
    </message>
    <message>
        <source>%1 found no file in the request.</source>
        <translation>%1 hat in der Anfrage keine Datei gefunden.</translation>
    </message>
    <message>
        <source>%1 cannot find the file.</source>
        <translation>%1 findet die Datei nicht.</translation>
    </message>
    <message>
        <source>%1 misses a value in the request.</source>
        <translation>%1 vermisst einen Wert in der Anfrage.</translation>
    </message>
    <message>
        <source>A value in the request is not of the type that %1 reads.</source>
        <translation>Ein Wert in der Anfrage hat nicht den Typ, den %1 liest.</translation>
    </message>
    <message>
        <source>The request is no valid JSON to %1.</source>
        <translation>Die Anfrage ist für %1 kein gültiges JSON.</translation>
    </message>
    <message>
        <source>This is no request that a server would take.</source>
        <translation>Diese Anfrage würde kein Server annehmen.</translation>
    </message>
    <message>
        <source>%1: leave the field out instead of null</source>
        <translation>%1: das Feld weglassen statt null</translation>
    </message>
    <message>
        <source>%1: one of %2</source>
        <translation>%1: eines von %2</translation>
    </message>
    <message>
        <source>%1: not empty; leave the field out instead</source>
        <translation>%1: nicht leer; lassen Sie das Feld stattdessen weg</translation>
    </message>
    <message>
        <source>The answer could not be written to %1.</source>
        <translation>Die Antwort konnte nicht nach %1 geschrieben werden.</translation>
    </message>
    <message>
        <source>%1 wants a client certificate of yours: name it in the server&apos;s dialog under Advanced, or with --client-cert FILE.</source>
        <translation>%1 will ein Client-Zertifikat von Ihnen: Nennen Sie es im Dialog des Servers unter Erweitert, oder mit --client-cert FILE.</translation>
    </message>
    <message>
        <source>%1 refused your client certificate.</source>
        <translation>%1 hat Ihr Client-Zertifikat abgelehnt.</translation>
    </message>
    <message>
        <source>What %1 answered is no statement.</source>
        <translation>Was %1 geantwortet hat, ist keine Anweisung.</translation>
    </message>
</context>
<context>
    <name>kindling::LocalSpark</name>
    <message>
        <source>Local Spark could not be started: %1</source>
        <translation>Lokales Spark ließ sich nicht starten: %1</translation>
    </message>
    <message>
        <source>Local Spark was ended from outside.</source>
        <translation>Lokales Spark wurde von außen beendet.</translation>
    </message>
    <message>
        <source>Local Spark ended with exit code %1.</source>
        <translation>Lokales Spark endete mit Code %1.</translation>
    </message>
</context>
<context>
    <name>kindling::LocalSparkPane</name>
    <message>
        <source>&amp;Start local Spark</source>
        <translation>Lokales Spark &amp;starten</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>S&amp;topp</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Log of Local Spark</source>
        <translation>Protokoll des lokalen Sparks</translation>
    </message>
    <message>
        <source>Local Spark</source>
        <translation>Lokales Spark</translation>
    </message>
    <message>
        <source>Real Spark on this machine, behind Kindling&apos;s own Livy endpoint. It ends with this window.</source>
        <translation>Echtes Spark auf diesem Rechner, hinter Kindlings eigenem Livy-Endpunkt. Es endet mit diesem Fenster.</translation>
    </message>
    <message>
        <source>Fetching Spark into your cache folder. This is done once and takes a few minutes.</source>
        <translation>Spark wird in Ihren Cache-Ordner geholt. Das geschieht einmal und dauert einige Minuten.</translation>
    </message>
    <message>
        <source>Starting the endpoint on this machine…</source>
        <translation>Der Endpunkt auf diesem Rechner wird gestartet …</translation>
    </message>
    <message>
        <source>Running at %1. Create a session to run code.</source>
        <translation>Läuft unter %1. Erstellen Sie eine Sitzung, um Code auszuführen.</translation>
    </message>
    <message>
        <source>Local Spark could not be started.</source>
        <translation>Lokales Spark ließ sich nicht starten.</translation>
    </message>
    <message>
        <source>Fetch Spark (about 500 MB)</source>
        <translation>Spark holen (etwa 500 MB)</translation>
    </message>
    <message>
        <source>Spark needs Java, and no suitable one was found.</source>
        <translation>Spark braucht Java, und kein passendes wurde gefunden.</translation>
    </message>
    <message>
        <source>Spark needs Python 3, and no suitable one was found.</source>
        <translation>Spark braucht Python 3, und kein passendes wurde gefunden.</translation>
    </message>
    <message>
        <source>Spark itself is not on this machine.</source>
        <translation>Spark selbst ist nicht auf diesem Rechner.</translation>
    </message>
    <message>
        <source>There is no room for Spark&apos;s files.</source>
        <translation>Für die Dateien von Spark ist kein Platz.</translation>
    </message>
    <message>
        <source>New &amp;session…</source>
        <translation>Neue &amp;Sitzung…</translation>
    </message>
    <message>
        <source>The Python that was chosen does not suit this Spark.</source>
        <translation>Das gewählte Python passt nicht zu diesem Spark.</translation>
    </message>
    <message>
        <source>&amp;Python</source>
        <translation>&amp;Python</translation>
    </message>
    <message>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <source>Kindling&apos;s own; or an interpreter, or the folder of a virtual environment</source>
        <translation>Das eigene von Kindling; oder ein Interpreter, oder der Ordner einer virtuellen Umgebung</translation>
    </message>
    <message>
        <source>There is no Python at this place: neither a program nor a folder with bin/python in it.</source>
        <translation>Dort ist kein Python: weder ein Programm noch ein Ordner mit bin/python darin.</translation>
    </message>
    <message>
        <source>Stop Local Spark to choose another Python.</source>
        <translation>Um ein anderes Python zu wählen, Local Spark beenden.</translation>
    </message>
</context>
<context>
    <name>kindling::LogBar</name>
    <message>
        <source>Part of the log</source>
        <translation>Teil des Protokolls</translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation>Protokoll durchsuchen</translation>
    </message>
    <message>
        <source>Capital and small letters differ</source>
        <translation>Groß- und Kleinbuchstaben unterscheiden</translation>
    </message>
    <message>
        <source>A regular expression is looked for</source>
        <translation>Nach einem regulären Ausdruck suchen</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtern</translation>
    </message>
    <message>
        <source>Show only the lines that match</source>
        <translation>Nur die Zeilen mit Treffern zeigen</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>Groß- und Kleinschreibung</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>Regulärer Ausdruck</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Voriger Treffer</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Nächster Treffer</translation>
    </message>
    <message>
        <source>≥ WARN</source>
        <translation>≥ WARN</translation>
    </message>
    <message>
        <source>Only warnings and errors</source>
        <translation>Nur Warnungen und Fehler</translation>
    </message>
    <message>
        <source>First error</source>
        <translation>Erster Fehler</translation>
    </message>
    <message>
        <source>Go to the first error; again for the next</source>
        <translation>Zum ersten Fehler; nochmals für den nächsten</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Keep the end in sight</source>
        <translation>Das Ende im Blick behalten</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>Write the lines shown to a file</source>
        <translation>Die gezeigten Zeilen in eine Datei schreiben</translation>
    </message>
    <message>
        <source>Not a regular expression: %1, at character %2</source>
        <translation>Kein regulärer Ausdruck: %1, bei Zeichen %2</translation>
    </message>
    <message>
        <source>All parts</source>
        <translation>Alle Teile</translation>
    </message>
    <message>
        <source>%1 …</source>
        <comment>so many matches were found up to now</comment>
        <translation>%1 …</translation>
    </message>
    <message>
        <source>none</source>
        <comment>search: no matches</comment>
        <translation>keine</translation>
    </message>
    <message numerus="yes">
        <source>%Ln found</source>
        <translation>
            <numerusform>%Ln gefunden</numerusform>
            <numerusform>%Ln gefunden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::LogExcerpt</name>
    <message>
        <source>──── Lines were not seen here ────</source>
        <translation>──── Hier wurden Zeilen nicht gesehen ────</translation>
    </message>
</context>
<context>
    <name>kindling::LogMarks</name>
    <message>
        <source>──── Lines were not seen here ────</source>
        <translation>──── Hier fehlen Zeilen ────</translation>
    </message>
    <message numerus="yes">
        <source>──── Earlier lines were not seen: the server keeps %Ln ────</source>
        <translation>
            <numerusform>──── Frühere Zeilen wurden nicht gesehen: Der Server behält %Ln ────</numerusform>
            <numerusform>──── Frühere Zeilen wurden nicht gesehen: Der Server behält %Ln ────</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>──── Lines were not seen here: nobody looked for %1, and the server keeps %Ln ────</source>
        <translation>
            <numerusform>──── Hier fehlen Zeilen: %1 lang sah niemand hin, und der Server behält %Ln ────</numerusform>
            <numerusform>──── Hier fehlen Zeilen: %1 lang sah niemand hin, und der Server behält %Ln ────</numerusform>
        </translation>
    </message>
    <message>
        <source>[lines not seen]</source>
        <translation>[nicht gesehene Zeilen]</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <comment>the part of a log that tells what the cluster says</comment>
        <translation>Diagnose</translation>
    </message>
    <message>
        <source>──── Older lines are not shown ────</source>
        <translation>──── Ältere Zeilen sind nicht zu sehen ────</translation>
    </message>
    <message>
        <source>[older lines left out]</source>
        <translation>[ältere Zeilen weggelassen]</translation>
    </message>
</context>
<context>
    <name>kindling::LogPane</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>No log to follow</source>
        <translation>Kein Protokoll zu verfolgen</translation>
    </message>
    <message>
        <source>Select a session or a batch: its log appears here.</source>
        <translation>Wählen Sie eine Sitzung oder einen Batch: Das Protokoll erscheint hier.</translation>
    </message>
    <message>
        <source>The log cannot be read</source>
        <translation>Das Protokoll lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>Kindling goes on trying.</source>
        <translation>Kindling versucht es weiter.</translation>
    </message>
    <message>
        <source>Reading the log…</source>
        <translation>Das Protokoll wird gelesen …</translation>
    </message>
    <message>
        <source>No warnings and no errors</source>
        <translation>Keine Warnungen und keine Fehler</translation>
    </message>
    <message>
        <source>The log is empty</source>
        <translation>Das Protokoll ist leer</translation>
    </message>
    <message>
        <source>Lines appear here as soon as the server has some.</source>
        <translation>Zeilen erscheinen hier, sobald der Server welche hat.</translation>
    </message>
    <message>
        <source>That is too much to be copied</source>
        <translation>Das ist zu viel zum Kopieren</translation>
    </message>
    <message>
        <source>Select fewer lines, or save the log to a file.</source>
        <translation>Wählen Sie weniger Zeilen aus, oder speichern Sie das Protokoll in eine Datei.</translation>
    </message>
    <message>
        <source>Searching the log…</source>
        <translation>Das Protokoll wird durchsucht…</translation>
    </message>
    <message>
        <source>No line matches</source>
        <translation>Keine Zeile passt</translation>
    </message>
    <message numerus="yes">
        <source>%Ln other lines are hidden.</source>
        <translation>
            <numerusform>%Ln andere Zeile ist verborgen.</numerusform>
            <numerusform>%Ln andere Zeilen sind verborgen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The expression is too much work for some lines</source>
        <translation>Der Ausdruck ist bei einigen Zeilen zu aufwendig</translation>
    </message>
    <message>
        <source>No log was recorded</source>
        <translation>Es wurde kein Log aufgezeichnet</translation>
    </message>
    <message>
        <source>Its server was removed, so that there is nobody to ask.</source>
        <translation>Sein Server wurde entfernt, es gibt also niemanden zu fragen.</translation>
    </message>
    <message>
        <source>%1 (earlier)</source>
        <translation>%1 (früher)</translation>
    </message>
    <message>
        <source>This one is over, so that there is nobody to ask.</source>
        <translation>Dies ist vorbei; niemand kann mehr gefragt werden.</translation>
    </message>
</context>
<context>
    <name>kindling::LogSaving</name>
    <message>
        <source>Save the log</source>
        <translation>Protokoll speichern</translation>
    </message>
    <message>
        <source>Logs (*.log *.txt);;All files (*)</source>
        <translation>Protokolle (*.log *.txt);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Saving the log: %1 %</source>
        <translation>Das Protokoll wird gespeichert: %1 %</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Saving the log was cancelled</source>
        <translation>Das Speichern des Protokolls wurde abgebrochen</translation>
    </message>
    <message>
        <source>%1 is as it was.</source>
        <translation>%1 ist, wie es war.</translation>
    </message>
    <message>
        <source>The log was saved</source>
        <translation>Das Protokoll wurde gespeichert</translation>
    </message>
    <message>
        <source>The log could not be saved</source>
        <translation>Das Protokoll konnte nicht gespeichert werden</translation>
    </message>
</context>
<context>
    <name>kindling::LogTailer</name>
    <message>
        <source>This server gives no logs.</source>
        <translation>Dieser Server gibt keine Protokolle heraus.</translation>
    </message>
</context>
<context>
    <name>kindling::LogView</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;Alles auswählen</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>&amp;Speichern…</translation>
    </message>
</context>
<context>
    <name>kindling::MainWindow</name>
    <message>
        <source>Kindling</source>
        <translation>Kindling</translation>
    </message>
    <message>
        <source>Navigator</source>
        <translation>Navigator</translation>
    </message>
    <message>
        <source>No server is connected.</source>
        <translation>Kein Server ist verbunden.</translation>
    </message>
    <message>
        <source>Start local Spark</source>
        <translation>Lokales Spark starten</translation>
    </message>
    <message>
        <source>The settings could not be read and were put aside as %1.</source>
        <translation>Die Einstellungen ließen sich nicht lesen und wurden als %1 beiseitegelegt.</translation>
    </message>
    <message>
        <source>Close Kindling?</source>
        <translation>Kindling schließen?</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>What was typed in %1 is neither saved nor backed up, and will be gone.</source>
        <translation>Was in %1 geschrieben wurde, ist weder gespeichert noch gesichert und geht verloren.</translation>
    </message>
    <message>
        <source>&amp;Open the request again</source>
        <translation>Anfrage wieder &amp;öffnen</translation>
    </message>
    <message>
        <source>Session %1 was created.</source>
        <translation>Sitzung %1 wurde angelegt.</translation>
    </message>
    <message>
        <source>&amp;Use it in this notebook</source>
        <translation>In diesem Notebook &amp;verwenden</translation>
    </message>
    <message numerus="yes">
        <source>%Ln notebook(s) with unsaved text were recovered.</source>
        <translation>
            <numerusform>%Ln Notebook mit ungesichertem Text wurde wiederhergestellt.</numerusform>
            <numerusform>%Ln Notebooks mit ungesichertem Text wurden wiederhergestellt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln statement(s) still run; their results will not be kept here.</source>
        <translation>
            <numerusform>%Ln Anweisung läuft noch; ihr Ergebnis wird hier nicht behalten.</numerusform>
            <numerusform>%Ln Anweisungen laufen noch; ihre Ergebnisse werden hier nicht behalten.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln session(s) of Local Spark end with this window.</source>
        <translation>
            <numerusform>%Ln Sitzung des lokalen Sparks endet mit diesem Fenster.</numerusform>
            <numerusform>%Ln Sitzungen des lokalen Sparks enden mit diesem Fenster.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::MarkdownView</name>
    <message>
        <source>Empty text. Double-click to write.</source>
        <translation>Leerer Text. Zum Schreiben doppelklicken.</translation>
    </message>
</context>
<context>
    <name>kindling::MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>kindling::NavigatorLabels</name>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Batches</source>
        <translation>Batches</translation>
    </message>
    <message>
        <source>%1 · %2 ms</source>
        <translation>%1 · %2 ms</translation>
    </message>
    <message>
        <source>deleting</source>
        <translation>wird gelöscht</translation>
    </message>
    <message>
        <source>Last seen %1</source>
        <translation>Zuletzt gesehen %1</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>at least since %1</source>
        <translation>mindestens seit %1</translation>
    </message>
    <message>
        <source>%1 · read-only</source>
        <translation>%1 · schreibgeschützt</translation>
    </message>
    <message>
        <source>%1, in the tab in front</source>
        <comment>a session or batch</comment>
        <translation>%1, im vorderen Reiter</translation>
    </message>
</context>
<context>
    <name>kindling::NavigatorPane</name>
    <message>
        <source>Add &amp;server…</source>
        <translation>&amp;Server hinzufügen …</translation>
    </message>
    <message>
        <source>&amp;New session…</source>
        <translation>&amp;Neue Sitzung …</translation>
    </message>
    <message>
        <source>Submit &amp;batch…</source>
        <translation>&amp;Batch starten …</translation>
    </message>
    <message>
        <source>S&amp;tart local Spark</source>
        <translation>Lokales Spark s&amp;tarten</translation>
    </message>
    <message>
        <source>S&amp;top local Spark</source>
        <translation>Lokales Spark s&amp;toppen</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>&amp;Aktualisieren</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>&amp;Bearbeiten …</translation>
    </message>
    <message>
        <source>Re&amp;move…</source>
        <translation>Ent&amp;fernen …</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>Attach &amp;notebook here</source>
        <translation>&amp;Notebook hier anhängen</translation>
    </message>
    <message>
        <source>Open &amp;Spark UI</source>
        <translation>&amp;Spark-Oberfläche öffnen</translation>
    </message>
    <message>
        <source>&amp;Copy id</source>
        <translation>ID &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Löschen …</translation>
    </message>
    <message>
        <source>Filter sessions and batches</source>
        <translation>Sitzungen und Batches filtern</translation>
    </message>
    <message>
        <source>Add a server, a session or a batch</source>
        <translation>Server, Sitzung oder Batch hinzufügen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Servers, sessions and batches</source>
        <translation>Server, Sitzungen und Batches</translation>
    </message>
    <message>
        <source>No servers yet</source>
        <translation>Noch keine Server</translation>
    </message>
    <message>
        <source>Add a Livy server, or let Kindling start Spark on this machine.</source>
        <translation>Fügen Sie einen Livy-Server hinzu, oder lassen Sie Kindling Spark auf diesem Rechner starten.</translation>
    </message>
    <message>
        <source>Add server…</source>
        <translation>Server hinzufügen …</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Meine</translation>
    </message>
    <message>
        <source>Only my sessions and batches</source>
        <translation>Nur meine Sitzungen und Batches</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Lebend</translation>
    </message>
    <message>
        <source>Only sessions and batches that have not ended</source>
        <translation>Nur Sitzungen und Batches, die nicht beendet sind</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen …</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Nichts passt</translation>
    </message>
    <message>
        <source>No session and no batch has these words.</source>
        <translation>Keine Sitzung und kein Batch enthält diese Wörter.</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>&amp;Why did it end?</source>
        <translation>&amp;Warum endete es?</translation>
    </message>
    <message>
        <source>Read-&amp;only</source>
        <translation>&amp;Schreibgeschützt</translation>
    </message>
    <message>
        <source>Nothing on this server is changed from here</source>
        <translation>Auf diesem Server wird von hier aus nichts geändert</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Delete %Ln selected…</source>
        <translation>
            <numerusform>%Ln Ausgewählten &amp;löschen …</numerusform>
            <numerusform>%Ln Ausgewählte &amp;löschen …</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::NetworkWords</name>
    <message>
        <source>%1 refused the sign-in.</source>
        <translation>%1 hat die Anmeldung abgelehnt.</translation>
    </message>
    <message>
        <source>%1 asks to sign in.</source>
        <translation>%1 verlangt eine Anmeldung.</translation>
    </message>
    <message>
        <source>This connection belongs to %1; nothing is sent to %2.</source>
        <translation>Diese Verbindung gehört zu %1; an %2 wird nichts gesendet.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>The answer of %1 is larger than %2 MiB.</source>
        <translation>Die Antwort von %1 ist größer als %2 MiB.</translation>
    </message>
    <message>
        <source>%1 did not answer within %2 s.</source>
        <translation>%1 antwortete nicht innerhalb von %2 s.</translation>
    </message>
    <message>
        <source>%1 redirects again and again.</source>
        <translation>%1 leitet immer wieder um.</translation>
    </message>
    <message>
        <source>%1 redirects to %2, which is not followed.</source>
        <translation>%1 leitet nach %2 um; dem wird nicht gefolgt.</translation>
    </message>
    <message numerus="yes">
        <source>The answer of %1 broke off after %Ln byte(s).</source>
        <translation>
            <numerusform>Die Antwort von %1 brach nach %Ln Byte ab.</numerusform>
            <numerusform>Die Antwort von %1 brach nach %Ln Bytes ab.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing answers at %1.</source>
        <translation>Unter %1 antwortet niemand.</translation>
    </message>
    <message>
        <source>The name %1 is not known.</source>
        <translation>Der Name %1 ist nicht bekannt.</translation>
    </message>
    <message>
        <source>%1 closed the connection without an answer.</source>
        <translation>%1 hat die Verbindung ohne Antwort geschlossen.</translation>
    </message>
    <message>
        <source>%1 could not be reached in time.</source>
        <translation>%1 war nicht rechtzeitig zu erreichen.</translation>
    </message>
    <message>
        <source>No safe connection to %1 could be made.</source>
        <translation>Zu %1 ließ sich keine sichere Verbindung herstellen.</translation>
    </message>
    <message>
        <source>The proxy on the way to %1 does not answer.</source>
        <translation>Der Proxy auf dem Weg zu %1 antwortet nicht.</translation>
    </message>
    <message>
        <source>What %1 answers is not HTTP.</source>
        <translation>Was %1 antwortet, ist kein HTTP.</translation>
    </message>
    <message>
        <source>“%1” is not an address that can be asked.</source>
        <translation>„%1“ ist keine Adresse, die sich fragen lässt.</translation>
    </message>
    <message>
        <source>The connection to %1 broke.</source>
        <translation>Die Verbindung zu %1 ist abgerissen.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not trusted: %2</source>
        <translation>Dem Zertifikat von %1 wird nicht vertraut: %2</translation>
    </message>
    <message>
        <source>The request may have arrived: nobody can tell yet whether the server acted.</source>
        <translation>Die Anfrage ist vielleicht angekommen: Noch weiß niemand, ob der Server gehandelt hat.</translation>
    </message>
    <message>
        <source>your sign-in, if the server wants one</source>
        <translation>Ihre Anmeldung, falls der Server eine verlangt</translation>
    </message>
    <message>
        <source>The answer of %1 stopped: nothing more came for %2 s.</source>
        <translation>Die Antwort von %1 brach ab: %2 s lang kam nichts mehr.</translation>
    </message>
    <message>
        <source>The answer of %1 was not complete after %2 s.</source>
        <translation>Die Antwort von %1 war nach %2 s nicht vollständig.</translation>
    </message>
    <message>
        <source>The proxy on the way to %1 asks to sign in, or refused the sign-in.</source>
        <translation>Der Proxy auf dem Weg zu %1 verlangt eine Anmeldung oder hat sie abgelehnt.</translation>
    </message>
    <message>
        <source>Its user and password belong into its address in the environment (http_proxy, https_proxy): http://user:password@host:port</source>
        <translation>Benutzer und Passwort gehören in seine Adresse in der Umgebung (http_proxy, https_proxy): http://benutzer:passwort@host:port</translation>
    </message>
    <message>
        <source>%1 refused your client certificate: it was revoked.</source>
        <translation>%1 hat Ihr Client-Zertifikat abgelehnt: Es wurde widerrufen.</translation>
    </message>
    <message>
        <source>%1 refused your client certificate: it has expired.</source>
        <translation>%1 hat Ihr Client-Zertifikat abgelehnt: Es ist abgelaufen.</translation>
    </message>
    <message>
        <source>%1 refused your client certificate: it does not know the authority that issued it.</source>
        <translation>%1 hat Ihr Client-Zertifikat abgelehnt: Die Zertifizierungsstelle, die es ausgestellt hat, ist dort nicht bekannt.</translation>
    </message>
    <message>
        <source>%1 refused your client certificate.</source>
        <translation>%1 hat Ihr Client-Zertifikat abgelehnt.</translation>
    </message>
    <message>
        <source>Ask whoever runs the server which client certificate it takes from you, and choose that one.</source>
        <translation>Fragen Sie den Betreiber des Servers, welches Client-Zertifikat er von Ihnen nimmt, und wählen Sie dieses.</translation>
    </message>
    <message>
        <source>A client certificate is a file (PEM) that whoever runs the server gives you: name it in the server&apos;s dialog under Advanced, or with --client-cert FILE.</source>
        <translation>Ein Client-Zertifikat ist eine Datei (PEM), die Ihnen der Betreiber des Servers gibt: Nennen Sie sie im Dialog des Servers unter Erweitert, oder mit --client-cert FILE.</translation>
    </message>
    <message>
        <source>Your client certificate for %1 and its private key do not belong together.</source>
        <translation>Ihr Client-Zertifikat für %1 und sein privater Schlüssel gehören nicht zusammen.</translation>
    </message>
    <message>
        <source>%1 refused the secure connection. Perhaps it wants a client certificate of yours.</source>
        <translation>%1 hat die sichere Verbindung abgelehnt. Vielleicht will er ein Client-Zertifikat von Ihnen.</translation>
    </message>
    <message>
        <source>%1 wants a client certificate of yours.</source>
        <translation>%1 will ein Client-Zertifikat von Ihnen.</translation>
    </message>
    <message>
        <source>That limit is kept with the server: raise it under Advanced in its dialog, or with --max-answer MIB. A statement&apos;s answer can be saved to a file instead.</source>
        <translation>Diese Grenze wird beim Server behalten: Erhöhen Sie sie in seinem Dialog unter Erweitert, oder mit --max-answer MIB. Die Antwort einer Anweisung kann stattdessen in einer Datei gespeichert werden.</translation>
    </message>
    <message>
        <source>Perhaps it wants a client certificate, or another one.</source>
        <translation>Vielleicht will er ein Client-Zertifikat, oder ein anderes.</translation>
    </message>
</context>
<context>
    <name>kindling::NewSessionDialog</name>
    <message>
        <source>&amp;Create session</source>
        <translation>Sitzung &amp;erstellen</translation>
    </message>
    <message>
        <source>New session on %1</source>
        <translation>Neue Sitzung auf %1</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>All kinds in one session</source>
        <translation>Alle Arten in einer Sitzung</translation>
    </message>
    <message>
        <source>PySpark</source>
        <translation>PySpark</translation>
    </message>
    <message>
        <source>Scala</source>
        <translation>Scala</translation>
    </message>
    <message>
        <source>SparkR</source>
        <translation>SparkR</translation>
    </message>
    <message>
        <source>SQL</source>
        <translation>SQL</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>&amp;Art</translation>
    </message>
    <message>
        <source>Chosen by Kindling if left empty</source>
        <translation>Leer: Kindling wählt einen</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Yourself</source>
        <translation>Sie selbst</translation>
    </message>
    <message>
        <source>Essentials</source>
        <translation>Wesentliches</translation>
    </message>
    <message>
        <source>never</source>
        <comment>time after which a session ends that nobody looks at</comment>
        <translation>nie</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> s</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>The server does not tell its version; needs Livy 0.%1</source>
        <translation>Der Server nennt seine Version nicht; braucht Livy 0.%1</translation>
    </message>
    <message>
        <source>Needs Livy 0.%1; this is %2</source>
        <translation>Braucht Livy 0.%1; dies ist %2</translation>
    </message>
    <message>
        <source>The server&apos;s default; for example 30m or 8h</source>
        <translation>Vorgabe des Servers; zum Beispiel 30m oder 8h</translation>
    </message>
    <message>
        <source>Livy 0.8: the idle time, e.g. 30m</source>
        <translation>Livy 0.8: Leerlaufzeit, z. B. 30m</translation>
    </message>
</context>
<context>
    <name>kindling::NotebookDesk</name>
    <message>
        <source>Untitled %1</source>
        <translation>Unbenannt %1</translation>
    </message>
    <message>
        <source>%1 was repaired while it was read: %2</source>
        <translation>%1 wurde beim Lesen repariert: %2</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>Beispiel</translation>
    </message>
    <message>
        <source>Open a notebook</source>
        <translation>Notebook öffnen</translation>
    </message>
    <message>
        <source>Notebooks (*.ipynb)</source>
        <translation>Notebooks (*.ipynb)</translation>
    </message>
    <message>
        <source>Save the notebook</source>
        <translation>Notebook speichern</translation>
    </message>
    <message>
        <source>%1 •</source>
        <translation>%1 •</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Noch nicht gespeichert</translation>
    </message>
    <message>
        <source>Close %1 while it runs?</source>
        <translation>%1 schließen, während es läuft?</translation>
    </message>
    <message>
        <source>Close %1 without saving?</source>
        <translation>%1 schließen, ohne zu speichern?</translation>
    </message>
    <message>
        <source>What was typed since the last save will be gone.</source>
        <translation>Was seit dem letzten Speichern getippt wurde, ist dann weg.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>sample.ipynb</source>
        <comment>the file of the sample notebook in this language; keep it where there is none</comment>
        <translation>sample_de.ipynb</translation>
    </message>
    <message>
        <source>%1 is open in another tab. Close that tab first, or choose another name.</source>
        <translation>%1 ist in einem anderen Reiter offen. Schließen Sie erst diesen, oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Replace %1?</source>
        <translation>%1 ersetzen?</translation>
    </message>
    <message>
        <source>The file was changed since it was opened here. Saving replaces what is in it now.</source>
        <translation>Die Datei wurde geändert, seit sie hier geöffnet ist. Speichern ersetzt, was jetzt in ihr steht.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>A backup of unsaved text cannot be read: %1</source>
        <translation>Eine Sicherung von ungespeichertem Text kann nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>A backup of unsaved text could not be read and was put aside as %1.</source>
        <translation>Eine Sicherung von ungespeichertem Text war nicht lesbar und wurde als %1 beiseite gelegt.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln statement(s) still run on the server. They go on there, but their results will not be kept here.</source>
        <translation>
            <numerusform>%Ln Anweisung läuft noch auf dem Server. Sie läuft dort weiter, aber ihr Ergebnis wird hier nicht behalten.</numerusform>
            <numerusform>%Ln Anweisungen laufen noch auf dem Server. Sie laufen dort weiter, aber ihre Ergebnisse werden hier nicht behalten.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::NotebookPane</name>
    <message>
        <source>This notebook is empty</source>
        <translation>Dieses Notebook ist leer</translation>
    </message>
    <message>
        <source>Cells hold code in PySpark, Scala, SparkR or SQL, or text in Markdown.</source>
        <translation>Zellen enthalten Code in PySpark, Scala, SparkR oder SQL oder Text in Markdown.</translation>
    </message>
    <message>
        <source>Add a code cell</source>
        <translation>Codezelle hinzufügen</translation>
    </message>
    <message>
        <source>Choose a session first: code runs in one.</source>
        <translation>Wählen Sie zuerst eine Sitzung: Code läuft in einer.</translation>
    </message>
    <message>
        <source>New session…</source>
        <translation>Neue Sitzung …</translation>
    </message>
    <message>
        <source>Nothing was run: this server is not connected.</source>
        <translation>Nichts wurde ausgeführt: Dieser Server ist nicht verbunden.</translation>
    </message>
    <message>
        <source>Start local Spark</source>
        <translation>Lokales Spark starten</translation>
    </message>
</context>
<context>
    <name>kindling::NotebookRun</name>
    <message>
        <source>Nobody waits for the session %1 on %2 any more: it may still be there.</source>
        <translation>Auf die Sitzung %1 auf %2 wartet niemand mehr: sie ist vielleicht noch da.</translation>
    </message>
    <message>
        <source>Look at the server&apos;s sessions, and delete it if it is.</source>
        <translation>Die Sitzungen des Servers ansehen, und sie löschen, wenn es so ist.</translation>
    </message>
    <message>
        <source>Interrupted.</source>
        <translation>Unterbrochen.</translation>
    </message>
    <message>
        <source>Seeing to the session; once more ends at once.</source>
        <translation>Die Sitzung wird noch versorgt; ein zweites Mal beendet sofort.</translation>
    </message>
    <message>
        <source>The session&apos;s last words:</source>
        <translation>Die letzten Worte der Sitzung:</translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) were not run.</source>
        <translation>
            <numerusform>%n Zelle wurde nicht ausgeführt.</numerusform>
            <numerusform>%n Zellen wurden nicht ausgeführt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Deleting session %1</source>
        <translation>Sitzung %1 wird gelöscht</translation>
    </message>
    <message>
        <source>Session %1 was deleted.</source>
        <translation>Sitzung %1 wurde gelöscht.</translation>
    </message>
    <message>
        <source>Nobody can tell whether session %1 (%2) on %3 was deleted.</source>
        <translation>Niemand kann sagen, ob Sitzung %1 (%2) auf %3 gelöscht wurde.</translation>
    </message>
    <message>
        <source>Look at the server&apos;s sessions, and delete it if it is still there.</source>
        <translation>Die Sitzungen des Servers ansehen, und sie löschen, wenn sie noch da ist.</translation>
    </message>
    <message>
        <source>Session %1 (%2) on %3 was not deleted: %4</source>
        <translation>Sitzung %1 (%2) auf %3 wurde nicht gelöscht: %4</translation>
    </message>
    <message>
        <source>Delete it by hand when the server can be reached.</source>
        <translation>Von Hand löschen, wenn der Server erreichbar ist.</translation>
    </message>
    <message>
        <source>Session %1 (%2) is kept.</source>
        <translation>Sitzung %1 (%2) bleibt.</translation>
    </message>
    <message>
        <source>The notebook has no code to run.</source>
        <translation>Das Notebook hat keinen Code zum Ausführen.</translation>
    </message>
    <message>
        <source>The time given (%1) is over.</source>
        <translation>Die gegebene Zeit (%1) ist um.</translation>
    </message>
    <message>
        <source>Give more with --timeout, or see what takes so long.</source>
        <translation>Mit --timeout mehr geben, oder nachsehen, was so lange dauert.</translation>
    </message>
    <message>
        <source>There was no connection to %1 within %2.</source>
        <translation>Zu %1 kam innerhalb von %2 keine Verbindung zustande.</translation>
    </message>
    <message>
        <source>Connecting to %1</source>
        <translation>Verbindung zu %1 wird hergestellt</translation>
    </message>
    <message>
        <source>The connection to %1 is lost: %2</source>
        <translation>Die Verbindung zu %1 ist verloren: %2</translation>
    </message>
    <message>
        <source>Looking for it again; the session goes on meanwhile.</source>
        <translation>Sie wird wieder gesucht; die Sitzung läuft inzwischen weiter.</translation>
    </message>
    <message>
        <source>Starting the session %1 on %2</source>
        <translation>Die Sitzung %1 auf %2 wird gestartet</translation>
    </message>
    <message>
        <source>If there is a session named %1 on the server, it is this run&apos;s.</source>
        <translation>Wenn es auf dem Server eine Sitzung namens %1 gibt, gehört sie zu diesem Lauf.</translation>
    </message>
    <message>
        <source>Session %1 (%2) is starting</source>
        <translation>Sitzung %1 (%2) startet</translation>
    </message>
    <message>
        <source>The session %1 is gone from the server.</source>
        <translation>Die Sitzung %1 ist vom Server verschwunden.</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>Cell %1 failed on %2: %3: %4</source>
        <translation>Zelle %1 ist auf %2 fehlgeschlagen: %3: %4</translation>
    </message>
    <message>
        <source>Mend the cell&apos;s code; what it printed is in %1.</source>
        <translation>Den Code der Zelle in Ordnung bringen; was sie ausgab, steht in %1.</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>Cell %1 was cancelled on %2 by somebody else.</source>
        <translation>Zelle %1 wurde auf %2 von jemand anderem abgebrochen.</translation>
    </message>
    <message>
        <source>Ask who cancelled it, and run the notebook again.</source>
        <translation>Fragen, wer sie abgebrochen hat, und das Notebook noch einmal ausführen.</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>verloren</translation>
    </message>
    <message>
        <source>The run was interrupted before the cell had ended.</source>
        <translation>Der Lauf wurde unterbrochen, ehe die Zelle zu Ende war.</translation>
    </message>
    <message>
        <source>The time given (%1) was over before the cell had ended.</source>
        <translation>Die gegebene Zeit (%1) war um, ehe die Zelle zu Ende war.</translation>
    </message>
    <message>
        <source>Signing in once more; the session goes on meanwhile.</source>
        <translation>Die Anmeldung wird noch einmal versucht; die Sitzung läuft inzwischen weiter.</translation>
    </message>
    <message>
        <source>Cell %1: %2</source>
        <translation>Zelle %1: %2</translation>
    </message>
</context>
<context>
    <name>kindling::NoticeDesk</name>
    <message>
        <source>Show</source>
        <comment>opens what a notice is about</comment>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>kindling::NoticeWords</name>
    <message>
        <source>session %1</source>
        <translation>Sitzung %1</translation>
    </message>
    <message>
        <source>batch %1</source>
        <translation>Batch %1</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a name, and what it names</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <comment>a session or batch on a server</comment>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>A statement is done after %1</source>
        <translation>Eine Anweisung ist nach %1 fertig</translation>
    </message>
    <message>
        <source>A statement was lost after %1</source>
        <translation>Eine Anweisung ging nach %1 verloren</translation>
    </message>
    <message>
        <source>A statement failed after %1</source>
        <translation>Eine Anweisung scheiterte nach %1</translation>
    </message>
    <message>
        <source>%1 is back</source>
        <comment>a server</comment>
        <translation>%1 ist wieder da</translation>
    </message>
    <message>
        <source>It could not be reached for %1.</source>
        <translation>Der Server war %1 lang nicht erreichbar.</translation>
    </message>
    <message>
        <source>%1 wants a sign-in</source>
        <comment>a server</comment>
        <translation>%1 verlangt eine Anmeldung</translation>
    </message>
    <message>
        <source>Nothing on it is watched until somebody signs in.</source>
        <translation>Dort wird nichts beobachtet, bis sich jemand anmeldet.</translation>
    </message>
    <message>
        <source>%1 cannot be reached</source>
        <comment>a server</comment>
        <translation>%1 ist nicht erreichbar</translation>
    </message>
    <message>
        <source>What is shown of it is as it was last seen.</source>
        <translation>Was davon zu sehen ist, ist so, wie es zuletzt war.</translation>
    </message>
    <message>
        <source>Nobody uses it; keep it alive, or let it go.</source>
        <translation>Niemand benutzt sie; halten Sie sie am Leben, oder lassen Sie sie gehen.</translation>
    </message>
    <message>
        <source>A session ends in %1</source>
        <translation>Eine Sitzung endet in %1</translation>
    </message>
    <message>
        <source>A batch was killed</source>
        <translation>Ein Batch wurde abgebrochen</translation>
    </message>
    <message>
        <source>A batch failed</source>
        <translation>Ein Batch ist gescheitert</translation>
    </message>
    <message>
        <source>A batch has been running for at least %1</source>
        <translation>Ein Batch läuft seit mindestens %1</translation>
    </message>
    <message>
        <source>A session has been idle for at least %1</source>
        <translation>Eine Sitzung ist seit mindestens %1 untätig</translation>
    </message>
    <message numerus="yes">
        <source>%Ln statement(s) ended</source>
        <translation>
            <numerusform>%Ln Anweisung ist zu Ende</numerusform>
            <numerusform>%Ln Anweisungen sind zu Ende</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln batch(es) failed</source>
        <translation>
            <numerusform>%Ln Batch ist gescheitert</numerusform>
            <numerusform>%Ln Batches sind gescheitert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln session(s) end soon</source>
        <translation>
            <numerusform>%Ln Sitzung endet bald</numerusform>
            <numerusform>%Ln Sitzungen enden bald</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln server(s) lost or found again</source>
        <translation>
            <numerusform>%Ln Server verloren oder wiedergefunden</numerusform>
            <numerusform>%Ln Server verloren oder wiedergefunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln batch(es) run long</source>
        <translation>
            <numerusform>%Ln Batch läuft lange</numerusform>
            <numerusform>%Ln Batches laufen lange</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln session(s) have been idle long</source>
        <translation>
            <numerusform>%Ln Sitzung ist seit langem untätig</numerusform>
            <numerusform>%Ln Sitzungen sind seit langem untätig</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln notice(s)</source>
        <translation>
            <numerusform>%Ln Mitteilung</numerusform>
            <numerusform>%Ln Mitteilungen</numerusform>
        </translation>
    </message>
    <message>
        <source>Its time to live is over then, where its server keeps to that.</source>
        <translation>Dann ist ihre Lebenszeit um, wenn der Server sich daran hält.</translation>
    </message>
</context>
<context>
    <name>kindling::NoticesPage</name>
    <message>
        <source>&amp;Tell me what happens while I look elsewhere</source>
        <translation>&amp;Mitteilen, was geschieht, während ich woanders hinsehe</translation>
    </message>
    <message>
        <source>Longer than</source>
        <translation>Länger als</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> s</translation>
    </message>
    <message>
        <source>A &amp;statement of mine ended that took longer than</source>
        <translation>Eine A&amp;nweisung von mir ist zu Ende, die länger dauerte als</translation>
    </message>
    <message>
        <source>only one of &amp;mine</source>
        <translation>nur einer von m&amp;ir</translation>
    </message>
    <message>
        <source>A &amp;batch failed</source>
        <translation>Ein &amp;Batch ist gescheitert</translation>
    </message>
    <message>
        <source>A session of mine is about to &amp;end by itself</source>
        <translation>Eine Sitzung von mir &amp;endet bald von selbst</translation>
    </message>
    <message>
        <source>A server &amp;cannot be reached</source>
        <translation>Ein Server ist ni&amp;cht erreichbar</translation>
    </message>
</context>
<context>
    <name>kindling::OrphanFilter</name>
    <message>
        <source>My sessions that are idle, and of which no activity was seen for so long. What happens between two looks, or while Kindling does not watch, is not seen.</source>
        <translation>Meine untätigen Sitzungen, in denen so lange keine Tätigkeit gesehen wurde. Was zwischen zwei Blicken geschieht, oder während Kindling nicht zusieht, wird nicht gesehen.</translation>
    </message>
    <message>
        <source>Orphans</source>
        <translation>Verwaiste</translation>
    </message>
    <message>
        <source>Orphans (%1)</source>
        <comment>a length of time</comment>
        <translation>Verwaiste (%1)</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>No activity seen for %1</source>
        <comment>a length of time</comment>
        <translation>Seit %1 keine Tätigkeit gesehen</translation>
    </message>
</context>
<context>
    <name>kindling::OutputBlock</name>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>HTML</source>
        <translation>HTML</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Raw</source>
        <comment>the answer as it came</comment>
        <translation>Roh</translation>
    </message>
    <message>
        <source>%1 of at least %1 rows: the server stopped there</source>
        <translation>%1 von mindestens %1 Zeilen: Der Server hat dort aufgehört</translation>
    </message>
    <message>
        <source>Only the beginning is shown; the notebook keeps all of it.</source>
        <translation>Nur der Anfang ist zu sehen; das Notebook behält alles.</translation>
    </message>
    <message>
        <source>Output text</source>
        <translation>Ausgabetext</translation>
    </message>
    <message>
        <source>Output as text</source>
        <translation>Ausgabe als Text</translation>
    </message>
    <message>
        <source>Output as JSON</source>
        <translation>Ausgabe als JSON</translation>
    </message>
    <message>
        <source>Raw output</source>
        <translation>Rohe Ausgabe</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln Zeile</numerusform>
            <numerusform>%Ln Zeilen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::OutputView</name>
    <message>
        <source>Error text</source>
        <translation>Fehlertext</translation>
    </message>
    <message>
        <source>Reading the result…</source>
        <translation>Das Ergebnis wird gelesen …</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more output(s) are kept in the notebook but not shown.</source>
        <translation>
            <numerusform>%Ln weitere Ausgabe bleibt im Notebook, ist aber nicht zu sehen.</numerusform>
            <numerusform>%Ln weitere Ausgaben bleiben im Notebook, sind aber nicht zu sehen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Save the answer…</source>
        <translation>Antwort speichern …</translation>
    </message>
</context>
<context>
    <name>kindling::OverflowRow</name>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
</context>
<context>
    <name>kindling::OverviewExport</name>
    <message>
        <source>Since is exact</source>
        <translation>Seit ist genau</translation>
    </message>
</context>
<context>
    <name>kindling::OverviewLabels</name>
    <message>
        <source>%1 GiB</source>
        <translation>%1 GiB</translation>
    </message>
    <message>
        <source>State glyph</source>
        <translation>Zustandszeichen</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Besitzer</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>App id</source>
        <translation>App-ID</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Cores</source>
        <translation>Kerne</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Batch</translation>
    </message>
    <message>
        <source>deleting</source>
        <translation>wird gelöscht</translation>
    </message>
    <message>
        <source>Since %1 or longer: it was so when Kindling first looked</source>
        <translation>Seit %1 oder länger: Es war so, als Kindling zuerst nachsah</translation>
    </message>
    <message>
        <source>%1, locked</source>
        <comment>an owner</comment>
        <translation>%1, gesperrt</translation>
    </message>
    <message>
        <source>No activity was seen since %1; it may have been used unseen</source>
        <translation>Seit %1 wurde keine Tätigkeit gesehen; ungesehen kann es benutzt worden sein</translation>
    </message>
</context>
<context>
    <name>kindling::OverviewPane</name>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Meine</translation>
    </message>
    <message>
        <source>Only my sessions and batches</source>
        <translation>Nur meine Sitzungen und Batches</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Lebend</translation>
    </message>
    <message>
        <source>Only sessions and batches that have not ended</source>
        <translation>Nur Sitzungen und Batches, die nicht beendet sind</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Sessions and batches</source>
        <translation>Sitzungen und Batches</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen …</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Copy id</source>
        <translation>ID &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Löschen …</translation>
    </message>
    <message>
        <source>Stop selected…</source>
        <translation>Ausgewählte stoppen …</translation>
    </message>
    <message>
        <source>; shown as of %1</source>
        <translation>; Stand von %1</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Nichts passt</translation>
    </message>
    <message>
        <source>No session and no batch passes the filters.</source>
        <translation>Keine Sitzung und kein Batch passt zu den Filtern.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>No servers yet</source>
        <translation>Noch keine Server</translation>
    </message>
    <message>
        <source>The sessions and batches of all your servers will be here.</source>
        <translation>Hier werden die Sitzungen und Batches all Ihrer Server stehen.</translation>
    </message>
    <message>
        <source>Add server…</source>
        <translation>Server hinzufügen …</translation>
    </message>
    <message>
        <source>Asking the servers…</source>
        <translation>Die Server werden gefragt …</translation>
    </message>
    <message>
        <source>Sessions and batches appear as soon as a server answers.</source>
        <translation>Sitzungen und Batches erscheinen, sobald ein Server antwortet.</translation>
    </message>
    <message>
        <source>No sessions and no batches</source>
        <translation>Keine Sitzungen und keine Batches</translation>
    </message>
    <message>
        <source>Nothing runs on your servers now.</source>
        <translation>Auf Ihren Servern läuft gerade nichts.</translation>
    </message>
    <message>
        <source>New session…</source>
        <translation>Neue Sitzung …</translation>
    </message>
    <message>
        <source>No server is online</source>
        <translation>Kein Server ist online</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>&amp;Why did it end?</source>
        <translation>&amp;Warum endete es?</translation>
    </message>
    <message>
        <source>Unlock others&apos; rows</source>
        <translation>Fremde Zeilen entsperren</translation>
    </message>
    <message>
        <source>Lets you stop what belongs to others, until Kindling ends</source>
        <translation>Lässt Sie stoppen, was anderen gehört, bis Kindling endet</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Saves what is shown as a CSV file</source>
        <translation>Speichert als CSV-Datei, was zu sehen ist</translation>
    </message>
    <message numerus="yes">
        <source>Stop %Ln selected…</source>
        <translation>
            <numerusform>%Ln Ausgewählten stoppen …</numerusform>
            <numerusform>%Ln Ausgewählte stoppen …</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::PaneFocus</name>
    <message>
        <source>Ne&amp;xt part of the window</source>
        <translation>Nächster &amp;Teil des Fensters</translation>
    </message>
    <message>
        <source>&amp;Previous part of the window</source>
        <translation>&amp;Voriger Teil des Fensters</translation>
    </message>
</context>
<context>
    <name>kindling::Picture</name>
    <message>
        <source>Picture, %1 by %2</source>
        <translation>Bild, %1 mal %2</translation>
    </message>
    <message>
        <source>This picture cannot be shown</source>
        <translation>Dieses Bild lässt sich nicht zeigen</translation>
    </message>
</context>
<context>
    <name>kindling::PostMortemPage</name>
    <message>
        <source>gone</source>
        <translation>weg</translation>
    </message>
    <message>
        <source>The line that shows it</source>
        <translation>Die Zeile, die es zeigt</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>The last states</source>
        <translation>Die letzten Zustände</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Looking into the records…</source>
        <translation>Die Aufzeichnungen werden gelesen …</translation>
    </message>
    <message>
        <source>Nothing was recorded of it</source>
        <translation>Davon wurde nichts aufgezeichnet</translation>
    </message>
    <message>
        <source>Kindling did not watch it, or keeps records of that age no longer.</source>
        <translation>Kindling hat es nicht beobachtet oder bewahrt so alte Aufzeichnungen nicht mehr auf.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Why it ended was not recognised.</source>
        <translation>Die Ursache wurde nicht erkannt.</translation>
    </message>
    <message>
        <source>The last lines of its log may tell; the first error among them often matters most.</source>
        <translation>Die letzten Zeilen des Protokolls können sie zeigen; meist zählt der erste Fehler darin.</translation>
    </message>
    <message>
        <source>Nothing speaks of a failure.</source>
        <translation>Nichts spricht für einen Fehler.</translation>
    </message>
    <message>
        <source>Line %1 of its log, read %2</source>
        <translation>Zeile %1 des Protokolls, gelesen %2</translation>
    </message>
    <message>
        <source>No line of its log was recorded</source>
        <translation>Vom Protokoll wurde keine Zeile aufgezeichnet</translation>
    </message>
    <message>
        <source>The log around it</source>
        <translation>Das Protokoll ringsum</translation>
    </message>
    <message>
        <source>The last lines of its log</source>
        <translation>Die letzten Zeilen des Protokolls</translation>
    </message>
</context>
<context>
    <name>kindling::RecordNotice</name>
    <message>
        <source>Nothing is being recorded: %1</source>
        <translation>Es wird nichts aufgezeichnet: %1</translation>
    </message>
    <message>
        <source>The damaged record file was put aside: %1</source>
        <translation>Die beschädigte Datei der Aufzeichnungen wurde beiseitegelegt: %1</translation>
    </message>
</context>
<context>
    <name>kindling::RecordPages</name>
    <message>
        <source>Configuration</source>
        <translation>Konfiguration</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Servers do not tell how a batch was configured; only what was asked for from here is known.</source>
        <translation>Server sagen nicht, wie ein Batch konfiguriert ist; bekannt ist nur, was von hier verlangt wurde.</translation>
    </message>
    <message>
        <source>Its server does not tell how it is configured.</source>
        <translation>Der Server sagt nicht, wie sie konfiguriert ist.</translation>
    </message>
    <message>
        <source>Why it ended</source>
        <translation>Warum es endete</translation>
    </message>
</context>
<context>
    <name>kindling::Recorder</name>
    <message>
        <source>The history cannot be written or read.</source>
        <translation>Der Verlauf kann nicht geschrieben oder gelesen werden.</translation>
    </message>
    <message>
        <source>No output was recorded.</source>
        <translation>Es wurde keine Ausgabe aufgezeichnet.</translation>
    </message>
    <message>
        <source>The history was written by a newer version of Kindling; nothing is recorded.</source>
        <translation>Der Verlauf wurde von einer neueren Version von Kindling geschrieben; es wird nichts aufgezeichnet.</translation>
    </message>
    <message>
        <source>It was not recorded.</source>
        <translation>Es wurde nicht aufgezeichnet.</translation>
    </message>
</context>
<context>
    <name>kindling::Removals</name>
    <message>
        <source>%1 was not deleted: its number names another one now.</source>
        <translation>%1 wurde nicht gelöscht: Die Nummer bezeichnet inzwischen etwas anderes.</translation>
    </message>
    <message>
        <source>%1 was not deleted: the connection to its server has changed.</source>
        <translation>%1 wurde nicht gelöscht: Die Verbindung zum Server hat sich geändert.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln could not be deleted. The first problem: %2</source>
        <translation>
            <numerusform>%1 von %Ln konnte nicht gelöscht werden. Das erste Problem: %2</numerusform>
            <numerusform>%1 von %Ln konnten nicht gelöscht werden. Das erste Problem: %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::RequestDialog</name>
    <message>
        <source>Saved without secrets: %1</source>
        <translation>Ohne Geheimnisse gespeichert: %1</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>Ressourcen</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>spark.sql.shuffle.partitions=64
One setting a line</source>
        <translation>spark.sql.shuffle.partitions=64
Eine Einstellung je Zeile</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Konfiguration</translation>
    </message>
    <message>
        <source>C&amp;opy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>As &amp;JSON</source>
        <translation>Als &amp;JSON</translation>
    </message>
    <message>
        <source>As &amp;curl</source>
        <translation>Als &amp;curl</translation>
    </message>
    <message>
        <source>As &amp;Spark&apos;s command line</source>
        <translation>Als Befehlszeile von &amp;Spark</translation>
    </message>
    <message>
        <source>First correct what is marked below.</source>
        <translation>Berichtigen Sie zuerst, was unten genannt ist.</translation>
    </message>
    <message>
        <source>Filled in.</source>
        <translation>Ausgefüllt.</translation>
    </message>
    <message>
        <source>Filled in. Kept as typed: %1</source>
        <translation>Ausgefüllt. Wie eingegeben belassen: %1</translation>
    </message>
    <message>
        <source>%1, line %2: a setting is written key=value.</source>
        <translation>%1, Zeile %2: Eine Einstellung schreibt man Schlüssel=Wert.</translation>
    </message>
</context>
<context>
    <name>kindling::RequestPreview</name>
    <message>
        <source>Back to the form</source>
        <translation>Zurück zum Formular</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>The request is empty.</source>
        <translation>Die Anfrage ist leer.</translation>
    </message>
    <message>
        <source>Edited by hand: fields not sent</source>
        <translation>Von Hand bearbeitet: Felder gelten nicht</translation>
    </message>
    <message>
        <source>This will be sent. Edit it for anything else.</source>
        <translation>Dies wird gesendet. Für alles andere hier ändern.</translation>
    </message>
</context>
<context>
    <name>kindling::RequestRules</name>
    <message>
        <source>%1: not digits alone, since servers take those for an id.</source>
        <translation>%1: nicht nur Ziffern, denn die halten Server für eine Nummer.</translation>
    </message>
    <message>
        <source>%1: at most %2 characters.</source>
        <translation>%1: höchstens %2 Zeichen.</translation>
    </message>
    <message>
        <source>%1: a number and a unit, for example 4g or 512m.</source>
        <translation>%1: eine Zahl und eine Einheit, zum Beispiel 4g oder 512m.</translation>
    </message>
    <message>
        <source>%1: a whole number from 1 on, or left out.</source>
        <translation>%1: eine ganze Zahl ab 1, oder weggelassen.</translation>
    </message>
    <message>
        <source>%1: a path from / on, or an address such as hdfs:///jobs/load.py.</source>
        <translation>%1: ein Pfad ab / oder eine Adresse wie hdfs:///jobs/load.py.</translation>
    </message>
    <message>
        <source>%1: no comma in a path (file %2).</source>
        <translation>%1: kein Komma in einem Pfad (Datei %2).</translation>
    </message>
    <message>
        <source>%1: file %2 needs a path from / on, or an address such as hdfs:///libs/a.jar.</source>
        <translation>%1: Datei %2 braucht einen Pfad ab / oder eine Adresse wie hdfs:///libs/a.jar.</translation>
    </message>
    <message>
        <source>%1: a whole number and a unit, for example 90s, 30m or 8h.</source>
        <translation>%1: eine ganze Zahl und eine Einheit, zum Beispiel 90s, 30m oder 8h.</translation>
    </message>
    <message>
        <source>%1: only servers from Livy 0.%2 on know this.</source>
        <translation>%1: Nur Server ab Livy 0.%2 kennen dies.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Main class</source>
        <translation>Hauptklasse</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>Argumente</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Run as</source>
        <translation>Ausführen als</translation>
    </message>
    <message>
        <source>Driver memory</source>
        <translation>Treiberspeicher</translation>
    </message>
    <message>
        <source>Driver cores</source>
        <translation>Treiberkerne</translation>
    </message>
    <message>
        <source>Executor memory</source>
        <translation>Executor-Speicher</translation>
    </message>
    <message>
        <source>Executor cores</source>
        <translation>Executor-Kerne</translation>
    </message>
    <message>
        <source>Executors</source>
        <translation>Executors</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Jars</source>
        <translation>Jars</translation>
    </message>
    <message>
        <source>Python files</source>
        <translation>Python-Dateien</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Archives</source>
        <translation>Archive</translation>
    </message>
    <message>
        <source>Spark settings</source>
        <translation>Spark-Einstellungen</translation>
    </message>
    <message>
        <source>Ends when not looked at for</source>
        <translation>Endet unbeachtet nach</translation>
    </message>
    <message>
        <source>Ends when idle for</source>
        <translation>Endet nach Untätigkeit von</translation>
    </message>
    <message>
        <source>Lives at most</source>
        <translation>Lebt höchstens</translation>
    </message>
</context>
<context>
    <name>kindling::RequestsLabels</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
</context>
<context>
    <name>kindling::RequestsPane</name>
    <message>
        <source>No requests yet</source>
        <translation>Noch keine Anfragen</translation>
    </message>
    <message>
        <source>What Kindling asks the servers appears here, without passwords and tokens.</source>
        <translation>Hier erscheint, was Kindling die Server fragt, ohne Passwörter und Token.</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>The last exchanges, secrets left out</source>
        <translation>Die letzten Anfragen, ohne Geheimnisse</translation>
    </message>
    <message>
        <source>Copy as curl</source>
        <translation>Als curl kopieren</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Failed only</source>
        <translation>Nur Fehlgeschlagene</translation>
    </message>
    <message>
        <source>Only those without an answer, or with an error for one</source>
        <translation>Nur solche ohne Antwort oder mit einem Fehler als Antwort</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Nichts passt</translation>
    </message>
    <message>
        <source>No request passes the filters.</source>
        <translation>Keine Anfrage kommt durch die Filter.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
</context>
<context>
    <name>kindling::ResourceFields</name>
    <message>
        <source>The server&apos;s default</source>
        <translation>Vorgabe des Servers</translation>
    </message>
    <message>
        <source>For example 4g</source>
        <translation>Zum Beispiel 4g</translation>
    </message>
    <message>
        <source>default</source>
        <comment>number of cores or executors: the server decides</comment>
        <translation>Vorgabe</translation>
    </message>
</context>
<context>
    <name>kindling::ResultTable</name>
    <message>
        <source>Result table</source>
        <translation>Ergebnistabelle</translation>
    </message>
</context>
<context>
    <name>kindling::RuleList</name>
    <message>
        <source>A batch runs longer than %1</source>
        <translation>Ein Batch läuft länger als %1</translation>
    </message>
    <message>
        <source>A session of mine is idle longer than %1</source>
        <translation>Eine Sitzung von mir ist länger als %1 untätig</translation>
    </message>
    <message>
        <source>A batch named %1 runs longer than %2</source>
        <translation>Ein Batch namens %1 läuft länger als %2</translation>
    </message>
    <message>
        <source>A session of mine named %1 is idle longer than %2</source>
        <translation>Eine Sitzung von mir namens %1 ist länger als %2 untätig</translation>
    </message>
    <message>
        <source>A&amp;dd</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>En&amp;tfernen</translation>
    </message>
    <message>
        <source>Rules of my own</source>
        <translation>Eigene Regeln</translation>
    </message>
    <message>
        <source>Rules of my &amp;own</source>
        <translation>Eigene &amp;Regeln</translation>
    </message>
    <message>
        <source>What the new rule is about</source>
        <translation>Wovon die neue Regel handelt</translation>
    </message>
    <message>
        <source>A batch runs</source>
        <translation>Ein Batch läuft</translation>
    </message>
    <message>
        <source>A session of mine is idle</source>
        <translation>Eine Sitzung von mir ist untätig</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Any name; * stands for any text</source>
        <translation>Jeder Name; * steht für beliebigen Text</translation>
    </message>
    <message>
        <source>Longer than</source>
        <translation>Länger als</translation>
    </message>
    <message>
        <source>longer than </source>
        <comment>before a number of minutes</comment>
        <translation>länger als </translation>
    </message>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message numerus="yes">
        <source>%Ln minute(s)</source>
        <translation>
            <numerusform>%Ln Minute</numerusform>
            <numerusform>%Ln Minuten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::SampleRun</name>
    <message>
        <source>The sample did not end in time.</source>
        <translation>Das Beispiel endete nicht rechtzeitig.</translation>
    </message>
    <message>
        <source>The screenshot could not be written to %1.</source>
        <translation>Das Bildschirmfoto ließ sich nicht nach %1 schreiben.</translation>
    </message>
    <message>
        <source>A cell of the sample gave something else than expected: see %1.</source>
        <translation>Eine Zelle des Beispiels ergab etwas anderes als erwartet: siehe %1.</translation>
    </message>
    <message>
        <source>The sample ran. Screenshot: %1</source>
        <translation>Das Beispiel lief. Bildschirmfoto: %1</translation>
    </message>
</context>
<context>
    <name>kindling::Server</name>
    <message>
        <source>The connection to the server was ended.</source>
        <translation>Die Verbindung zum Server wurde beendet.</translation>
    </message>
    <message>
        <source>Not connected to the server.</source>
        <translation>Nicht mit dem Server verbunden.</translation>
    </message>
    <message>
        <source>This server does not offer that.</source>
        <translation>Das bietet dieser Server nicht.</translation>
    </message>
    <message>
        <source>The connection to the server was ended before it answered.</source>
        <translation>Die Verbindung zum Server wurde beendet, bevor er antwortete.</translation>
    </message>
    <message>
        <source>The session is gone from the server.</source>
        <translation>Die Sitzung ist vom Server verschwunden.</translation>
    </message>
    <message>
        <source>The server ignored that it should run as %1.</source>
        <translation>Der Server hat ignoriert, dass sie als %1 laufen soll.</translation>
    </message>
    <message>
        <source>Some of what the server lists could not be read.</source>
        <translation>Ein Teil dessen, was der Server auflistet, war nicht zu lesen.</translation>
    </message>
    <message>
        <source>This server cannot restart Python alone: begin a new session.</source>
        <translation>Dieser Server kann Python allein nicht neu starten: eine neue Sitzung beginnen.</translation>
    </message>
    <message>
        <source>“%1” is marked read-only in Kindling: nothing is changed on it.</source>
        <translation>„%1“ ist in Kindling als schreibgeschützt markiert: Darauf wird nichts geändert.</translation>
    </message>
    <message>
        <source>Nothing was sent: the connection to the server was ended.</source>
        <translation>Nichts wurde gesendet: Die Verbindung zum Server wurde beendet.</translation>
    </message>
</context>
<context>
    <name>kindling::ServerCheck</name>
    <message>
        <source>%1 is %2</source>
        <translation>%1 ist %2</translation>
    </message>
    <message>
        <source>left to the proxy %1</source>
        <translation>dem Proxy %1 überlassen</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>verbunden</translation>
    </message>
    <message>
        <source>connected to %1</source>
        <translation>verbunden mit %1</translation>
    </message>
    <message>
        <source>none is needed</source>
        <translation>keine nötig</translation>
    </message>
    <message>
        <source>accepted, as %1</source>
        <translation>angenommen, als %1</translation>
    </message>
    <message>
        <source>the token is accepted</source>
        <translation>das Token wird angenommen</translation>
    </message>
    <message>
        <source>the server does not tell</source>
        <translation>der Server sagt es nicht</translation>
    </message>
    <message>
        <source>Livy, as Local Spark speaks it (Spark %1)</source>
        <translation>Livy, wie Lokales Spark es spricht (Spark %1)</translation>
    </message>
    <message>
        <source>Livy</source>
        <translation>Livy</translation>
    </message>
    <message>
        <source>sessions and batches may be listed</source>
        <translation>Sitzungen und Batches dürfen aufgelistet werden</translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n Sitzung</numerusform>
            <numerusform>%n Sitzungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n batch(es)</source>
        <translation>
            <numerusform>%n Batch</numerusform>
            <numerusform>%n Batches</numerusform>
        </translation>
    </message>
    <message>
        <source>certificate of %1, issued by %2, valid until %3; fingerprint %4</source>
        <translation>Zertifikat von %1, ausgestellt von %2, gültig bis %3; Fingerabdruck %4</translation>
    </message>
    <message>
        <source>; of its key %1</source>
        <translation>; des Schlüssels %1</translation>
    </message>
    <message>
        <source>let in, with the header %1</source>
        <comment>or several</comment>
        <translation>eingelassen, mit der Kopfzeile %1</translation>
    </message>
</context>
<context>
    <name>kindling::ServerDesk</name>
    <message>
        <source>A Livy server answers. It does not tell its version.</source>
        <translation>Ein Livy-Server antwortet. Seine Version nennt er nicht.</translation>
    </message>
    <message>
        <source>A Livy server answers: version %1.</source>
        <translation>Ein Livy-Server antwortet: Version %1.</translation>
    </message>
    <message>
        <source>Remove %1 from Kindling?</source>
        <translation>%1 aus Kindling entfernen?</translation>
    </message>
    <message>
        <source>Its sessions and batches go on running on the server. Its password or token is removed from the keychain.</source>
        <translation>Seine Sitzungen und Batches laufen auf dem Server weiter. Sein Passwort oder Token wird aus dem Schlüsselbund entfernt.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Local Spark</source>
        <translation>Lokales Spark</translation>
    </message>
    <message>
        <source>Stop Local Spark?</source>
        <translation>Lokales Spark stoppen?</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Certificate authorities</source>
        <translation>Zertifizierungsstellen</translation>
    </message>
    <message>
        <source>Certificates (%1);;All files (%2)</source>
        <translation>Zertifikate (%1);;Alle Dateien (%2)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln session(s) on this machine end with it, and what they hold in memory.</source>
        <translation>
            <numerusform>%Ln Sitzung auf diesem Rechner endet damit, samt dem, was sie im Speicher hält.</numerusform>
            <numerusform>%Ln Sitzungen auf diesem Rechner enden damit, samt dem, was sie im Speicher halten.</numerusform>
        </translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>Client-Zertifikat</translation>
    </message>
    <message>
        <source>Private key of the client certificate</source>
        <translation>Privater Schlüssel des Client-Zertifikats</translation>
    </message>
</context>
<context>
    <name>kindling::ServerDialog</name>
    <message>
        <source>Add server</source>
        <translation>Server hinzufügen</translation>
    </message>
    <message>
        <source>Edit server</source>
        <translation>Server bearbeiten</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Livy server</source>
        <translation>Livy-Server</translation>
    </message>
    <message>
        <source>Local Spark on this machine</source>
        <translation>Lokales Spark auf diesem Rechner</translation>
    </message>
    <message>
        <source>&amp;Type</source>
        <translation>T&amp;yp</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>Kindling starts Spark itself and ends it with the window. No address and no sign-in are needed.</source>
        <translation>Kindling startet Spark selbst und beendet es mit dem Fenster. Adresse und Anmeldung sind nicht nötig.</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>Anmeldung</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>User and password (Basic)</source>
        <translation>Benutzer und Passwort (Basic)</translation>
    </message>
    <message>
        <source>Bearer token</source>
        <translation>Bearer-Token</translation>
    </message>
    <message>
        <source>&amp;Sign-in</source>
        <translation>Anmel&amp;dung</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>&amp;Benutzer</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Passwort</translation>
    </message>
    <message>
        <source>Kept in the keychain of your desktop.</source>
        <translation>Liegt im Schlüsselbund Ihrer Arbeitsumgebung.</translation>
    </message>
    <message>
        <source>No keychain here: kept only until Kindling ends.</source>
        <translation>Kein Schlüsselbund hier: nur gemerkt, bis Kindling endet.</translation>
    </message>
    <message>
        <source>T&amp;est</source>
        <translation>T&amp;esten</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>&amp;Token</source>
        <translation>T&amp;oken</translation>
    </message>
    <message>
        <source>Unchanged; type to replace it</source>
        <translation>Unverändert; zum Ersetzen tippen</translation>
    </message>
    <message>
        <source>With the path of the gateway, if there is one.</source>
        <translation>Mit dem Pfad des Gateways, falls es eines gibt.</translation>
    </message>
    <message>
        <source>The address begins with http:// or https://.</source>
        <translation>Die Adresse beginnt mit http:// oder https://.</translation>
    </message>
    <message>
        <source>No user or password in the address: use the fields below.</source>
        <translation>Kein Benutzer oder Passwort in der Adresse: Dafür sind die Felder unten.</translation>
    </message>
    <message>
        <source>This is no complete address: the name of the server is missing or wrong.</source>
        <translation>Das ist keine ganze Adresse: Der Name des Servers fehlt oder ist falsch.</translation>
    </message>
    <message>
        <source>%1: without https your secret travels readable.</source>
        <translation>%1: Ohne https reist Ihr Geheimnis lesbar.</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>Der Server wird gefragt …</translation>
    </message>
    <message>
        <source>It works: %1</source>
        <translation>Es geht: %1</translation>
    </message>
    <message>
        <source>Trust t&amp;his certificate</source>
        <translation>&amp;Diesem Zertifikat trauen</translation>
    </message>
    <message>
        <source>Trust this certificate</source>
        <translation>Diesem Zertifikat trauen</translation>
    </message>
    <message>
        <source>It shows a certificate of %1, issued by %2, valid until %3. Trust it only if whoever runs the server tells you the same SHA-256:
%4</source>
        <translation>Er zeigt ein Zertifikat von %1, ausgestellt von %2, gültig bis %3. Trauen Sie ihm nur, wenn der Betreiber des Servers Ihnen denselben SHA-256 nennt:
%4</translation>
    </message>
    <message>
        <source>&amp;Read-only: nothing on it is changed from here</source>
        <translation>Schreib&amp;geschützt: Von hier aus wird darauf nichts geändert</translation>
    </message>
    <message>
        <source>Read-only: nothing on it is changed from here</source>
        <translation>Schreibgeschützt: Von hier aus wird darauf nichts geändert</translation>
    </message>
</context>
<context>
    <name>kindling::SessionPane</name>
    <message>
        <source>Open &amp;notebook</source>
        <translation>&amp;Notebook öffnen</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Löschen …</translation>
    </message>
    <message>
        <source>Session %1 %2</source>
        <translation>Sitzung %1 %2</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>New one &amp;like this…</source>
        <translation>Neue wie &amp;diese …</translation>
    </message>
    <message>
        <source>Restart &amp;Python…</source>
        <translation>&amp;Python neu starten …</translation>
    </message>
    <message>
        <source>&amp;Keep alive</source>
        <translation>&amp;Am Leben halten</translation>
    </message>
    <message>
        <source>S&amp;top…</source>
        <translation>&amp;Beenden …</translation>
    </message>
    <message>
        <source>Touches it before its idle time-out, for as long as Kindling runs</source>
        <translation>Berührt sie vor Ablauf der Leerlauffrist, solange Kindling läuft</translation>
    </message>
    <message>
        <source>Ends it; its server lists it as dead for a while, with its log</source>
        <translation>Beendet sie; ihr Server führt sie noch eine Weile als tot auf, mit Protokoll</translation>
    </message>
    <message>
        <source>Ends it, and its server forgets it</source>
        <translation>Beendet sie, und ihr Server vergisst sie</translation>
    </message>
    <message>
        <source>Statements</source>
        <translation>Anweisungen</translation>
    </message>
    <message>
        <source>from here, for as long as Kindling runs</source>
        <translation>von hier, solange Kindling läuft</translation>
    </message>
    <message>
        <source>Kept alive</source>
        <translation>Am Leben gehalten</translation>
    </message>
    <message>
        <source>Ends if unused</source>
        <translation>Endet ungenutzt</translation>
    </message>
    <message>
        <source>Ends anyway</source>
        <translation>Endet in jedem Fall</translation>
    </message>
    <message>
        <source>in %1 at the earliest</source>
        <translation>frühestens in %1</translation>
    </message>
    <message>
        <source>at any time now</source>
        <translation>jederzeit</translation>
    </message>
    <message>
        <source>in %1 at the latest, where its server keeps to that</source>
        <translation>in spätestens %1, wenn der Server sich daran hält</translation>
    </message>
</context>
<context>
    <name>kindling::SessionRescue</name>
    <message>
        <source>A cancelled cell runs on and keeps its session busy.</source>
        <translation>Eine abgebrochene Zelle läuft weiter und belegt ihre Sitzung.</translation>
    </message>
    <message>
        <source>An interpreter of this session has died, and its variables with it.</source>
        <translation>Ein Interpreter dieser Sitzung ist abgestürzt, und mit ihm seine Variablen.</translation>
    </message>
    <message>
        <source>What ran in the others goes on. A fresh Python finds the views and the added files as they were.</source>
        <translation>Was in den anderen läuft, läuft weiter. Ein frisches Python findet die Views und die hinzugefügten Dateien vor, wie sie waren.</translation>
    </message>
    <message>
        <source>Restart Python</source>
        <translation>Python neu starten</translation>
    </message>
    <message>
        <source>Where nothing ends it, a restart of the session does: it is deleted, and one like it is begun.</source>
        <translation>Wo nichts sie beendet, tut es ein Neustart der Sitzung: sie wird gelöscht, und eine gleiche wird begonnen.</translation>
    </message>
    <message>
        <source>Restart session</source>
        <translation>Sitzung neu starten</translation>
    </message>
    <message>
        <source>Its session is not yours to end: take a new one where nothing ends the cell.</source>
        <translation>Die Sitzung gehört nicht Ihnen: nehmen Sie eine neue, wo nichts die Zelle beendet.</translation>
    </message>
    <message>
        <source>New session…</source>
        <translation>Neue Sitzung …</translation>
    </message>
</context>
<context>
    <name>kindling::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>Mitteilungen</translation>
    </message>
    <message>
        <source>Light or dark as the s&amp;ystem is</source>
        <translation>Hell oder dunkel wie das S&amp;ystem</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>He&amp;ll</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Record what is seen</source>
        <translation>Aufzeichnen, was gesehen wi&amp;rd</translation>
    </message>
    <message>
        <source>Record what is seen</source>
        <translation>Aufzeichnen, was gesehen wird</translation>
    </message>
    <message>
        <source>Days to keep it</source>
        <translation>Tage, die es bleibt</translation>
    </message>
    <message>
        <source>Days to &amp;keep it</source>
        <translation>Ta&amp;ge, die es bleibt</translation>
    </message>
    <message>
        <source>MiB it may take</source>
        <translation>MiB, die es brauchen darf</translation>
    </message>
    <message>
        <source>&amp;MiB it may take</source>
        <translation>&amp;MiB, die es brauchen darf</translation>
    </message>
    <message>
        <source>States, statements with their results, logs and what was done from here, so that they outlive the server&apos;s memory; also the logs of what nobody has open. Older ones are given up. All of it is on this machine alone, for you only:
%1</source>
        <translation>Zustände, Anweisungen mit ihren Ergebnissen, Protokolle und was von hier aus getan wurde, damit sie das Gedächtnis des Servers überdauern; auch die Protokolle dessen, was niemand offen hat. Älteres wird aufgegeben. Alles liegt nur auf diesem Rechner, nur für Sie:
%1</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
</context>
<context>
    <name>kindling::SettingsTable</name>
    <message>
        <source>Kind</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Main class</source>
        <translation>Hauptklasse</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>Argumente</translation>
    </message>
    <message>
        <source>Run as</source>
        <translation>Ausführen als</translation>
    </message>
    <message>
        <source>Driver memory</source>
        <translation>Speicher des Treibers</translation>
    </message>
    <message>
        <source>Driver cores</source>
        <translation>Kerne des Treibers</translation>
    </message>
    <message>
        <source>Executor memory</source>
        <translation>Speicher je Executor</translation>
    </message>
    <message>
        <source>Executor cores</source>
        <translation>Kerne je Executor</translation>
    </message>
    <message>
        <source>Executors</source>
        <translation>Executors</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Jars</source>
        <translation>Jars</translation>
    </message>
    <message>
        <source>Python files</source>
        <translation>Python-Dateien</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Archives</source>
        <translation>Archive</translation>
    </message>
    <message>
        <source>Heartbeat time-out (s)</source>
        <translation>Frist des Herzschlags (s)</translation>
    </message>
    <message>
        <source>Lives at most</source>
        <translation>Lebt höchstens</translation>
    </message>
    <message>
        <source>Ends when idle for</source>
        <translation>Endet nach Leerlauf von</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>Einstellung</translation>
    </message>
</context>
<context>
    <name>kindling::StatementDetail</name>
    <message>
        <source>Statement %1</source>
        <translation>Anweisung %1</translation>
    </message>
    <message>
        <source>took %1</source>
        <translation>Dauer %1</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Reading what it gave…</source>
        <translation>Das Ergebnis wird gelesen …</translation>
    </message>
    <message>
        <source>What it gave cannot be read: %1</source>
        <translation>Das Ergebnis lässt sich nicht lesen: %1</translation>
    </message>
    <message>
        <source>Parts of it were too large to be recorded.</source>
        <translation>Teile davon waren zu groß, um aufgezeichnet zu werden.</translation>
    </message>
</context>
<context>
    <name>kindling::StatementLabels</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>No.</source>
        <comment>number of a statement</comment>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <source>Took</source>
        <comment>how long a statement ran</comment>
        <translation>Dauer</translation>
    </message>
</context>
<context>
    <name>kindling::StatementRunner</name>
    <message>
        <source>Cancelled, but its code may still run and keep the session busy.</source>
        <translation>Abgebrochen, aber der Code läuft vielleicht noch und hält die Sitzung beschäftigt.</translation>
    </message>
    <message>
        <source>The statement was not sent: the connection broke before it reached the server.</source>
        <translation>Die Anweisung wurde nicht gesendet: Die Verbindung brach ab, bevor sie den Server erreichte.</translation>
    </message>
    <message>
        <source>The server did not take the request to cancel: %1</source>
        <translation>Der Server nahm die Bitte um Abbruch nicht an: %1</translation>
    </message>
    <message>
        <source>The session ended (%1) before the result was seen.</source>
        <translation>Die Sitzung endete (%1), bevor das Ergebnis zu sehen war.</translation>
    </message>
    <message>
        <source>The server no longer knows the statement.</source>
        <translation>Der Server kennt die Anweisung nicht mehr.</translation>
    </message>
    <message>
        <source>This server runs no statements.</source>
        <translation>Dieser Server führt keine Anweisungen aus.</translation>
    </message>
    <message>
        <source>Cancelled, but its code ran on to its end.</source>
        <translation>Abgebrochen, aber der Code lief bis zu seinem Ende weiter.</translation>
    </message>
    <message>
        <source>Waits for the code that was cancelled before and still runs.</source>
        <translation>Wartet auf den vorher abgebrochenen Code, der noch läuft.</translation>
    </message>
    <message>
        <source>The session ended before the result was seen.</source>
        <translation>Die Sitzung endete, bevor das Ergebnis zu sehen war.</translation>
    </message>
    <message>
        <source>Nobody can tell whether the statement ran: the answer was lost, and the server does not show it.</source>
        <translation>Niemand kann sagen, ob die Anweisung lief: Die Antwort ging verloren, und der Server zeigt die Anweisung nicht.</translation>
    </message>
    <message>
        <source>The answer was lost. Statement %1 of the session has this code and has ended: look whether it is this one.</source>
        <translation>Die Antwort ging verloren. Die Anweisung %1 der Sitzung hat diesen Code und ist beendet: sehen Sie nach, ob sie es ist.</translation>
    </message>
    <message>
        <source>The result of statement %1 could not be read: %2</source>
        <translation>Das Ergebnis der Anweisung %1 ließ sich nicht lesen: %2</translation>
    </message>
    <message>
        <source>Nobody can tell whether the statement ran: the answer was lost, and the session&apos;s statements could not be read: %1</source>
        <translation>Niemand kann sagen, ob die Anweisung lief: die Antwort ging verloren, und die Anweisungen der Sitzung ließen sich nicht lesen: %1</translation>
    </message>
    <message>
        <source>Its state could not be read: %1</source>
        <translation>Der Stand ließ sich nicht lesen: %1</translation>
    </message>
</context>
<context>
    <name>kindling::StatementWatch</name>
    <message>
        <source>This server gives no statements.</source>
        <translation>Dieser Server gibt keine Anweisungen heraus.</translation>
    </message>
</context>
<context>
    <name>kindling::StatementsPage</name>
    <message>
        <source>Attach</source>
        <translation>Anhängen</translation>
    </message>
    <message>
        <source>Reads the statements from the server while this page is seen. That renews the session&apos;s heartbeat.</source>
        <translation>Liest die Anweisungen vom Server, solange diese Seite zu sehen ist. Das erneuert den Herzschlag der Sitzung.</translation>
    </message>
    <message>
        <source>Statements</source>
        <translation>Anweisungen</translation>
    </message>
    <message>
        <source>As the server says; reading it renews the session&apos;s heartbeat.</source>
        <translation>Wie der Server sagt; das Lesen erneuert den Herzschlag der Sitzung.</translation>
    </message>
    <message>
        <source>As recorded. Attach to see what the server says, also of others&apos; statements.</source>
        <translation>Wie aufgezeichnet. Anhängen zeigt, was der Server sagt, auch über Anweisungen anderer.</translation>
    </message>
    <message>
        <source>As recorded.</source>
        <translation>Wie aufgezeichnet.</translation>
    </message>
    <message>
        <source>Reading the statements…</source>
        <translation>Die Anweisungen werden gelesen …</translation>
    </message>
    <message>
        <source>The statements cannot be read</source>
        <translation>Die Anweisungen lassen sich nicht lesen</translation>
    </message>
    <message>
        <source>Kindling goes on trying.</source>
        <translation>Kindling versucht es weiter.</translation>
    </message>
    <message>
        <source>No statements yet</source>
        <translation>Noch keine Anweisungen</translation>
    </message>
    <message>
        <source>Nobody has run anything in this session, as far as its server keeps it.</source>
        <translation>Niemand hat in dieser Sitzung etwas ausgeführt, soweit ihr Server es aufbewahrt.</translation>
    </message>
    <message>
        <source>No statements were recorded</source>
        <translation>Keine Anweisungen wurden aufgezeichnet</translation>
    </message>
    <message>
        <source>Attach to see those that the server keeps. Reading them renews the session&apos;s heartbeat.</source>
        <translation>Anhängen zeigt, welche der Server aufbewahrt. Das Lesen erneuert den Herzschlag der Sitzung.</translation>
    </message>
    <message>
        <source>Those that are run from here, or watched, are.</source>
        <translation>Aufgezeichnet wird, was von hier ausgeführt oder beobachtet wird.</translation>
    </message>
    <message>
        <source>Of those recorded the newest %L1 are here, the history has all.</source>
        <translation>Von den aufgezeichneten stehen hier die neuesten %L1, alle stehen im Verlauf.</translation>
    </message>
    <message>
        <source>Save the answer…</source>
        <translation>Antwort speichern …</translation>
    </message>
    <message>
        <source>Writes what the server answers about this statement to a file, however large. That renews the session&apos;s heartbeat.</source>
        <translation>Schreibt in eine Datei, was der Server zu dieser Anweisung antwortet, wie groß es auch ist. Das erneuert den Herzschlag der Sitzung.</translation>
    </message>
</context>
<context>
    <name>kindling::StatusLine</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>updated %1 ago</source>
        <translation>aktualisiert vor %1</translation>
    </message>
    <message>
        <source>Local Spark: fetching</source>
        <translation>Lokales Spark: wird geholt</translation>
    </message>
    <message>
        <source>Local Spark: starting</source>
        <translation>Lokales Spark: startet</translation>
    </message>
    <message>
        <source>Local Spark: running</source>
        <translation>Lokales Spark: läuft</translation>
    </message>
    <message>
        <source>Local Spark: failed</source>
        <translation>Lokales Spark: gescheitert</translation>
    </message>
    <message>
        <source>%1 reads/s</source>
        <comment>how often a server is asked</comment>
        <translation>%1 Lesezugriffe/s</translation>
    </message>
    <message>
        <source>At most %1 a second are asked of a server.</source>
        <translation>Von einem Server werden höchstens %1 in der Sekunde verlangt.</translation>
    </message>
    <message>
        <source>%1 running</source>
        <translation>%1 laufen</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 gescheitert</translation>
    </message>
    <message>
        <source>nothing running</source>
        <translation>nichts läuft</translation>
    </message>
</context>
<context>
    <name>kindling::SubmitBatchDialog</name>
    <message>
        <source>Su&amp;bmit batch</source>
        <translation>&amp;Batch starten</translation>
    </message>
    <message>
        <source>Submit batch to %1</source>
        <translation>Batch auf %1 starten</translation>
    </message>
    <message>
        <source>A .py or .jar file of this machine</source>
        <translation>Eine .py- oder .jar-Datei dieses Rechners</translation>
    </message>
    <message>
        <source>hdfs:///jobs/load.py, as the server sees it</source>
        <translation>hdfs:///jobs/load.py, wie der Server sie sieht</translation>
    </message>
    <message>
        <source>For a .jar: org.example.Load</source>
        <translation>Für ein .jar: org.example.Load</translation>
    </message>
    <message>
        <source>Parted by spaces; quote what belongs together</source>
        <translation>Durch Leerzeichen getrennt; Zusammengehöriges in Anführungszeichen</translation>
    </message>
    <message>
        <source>Chosen by Kindling if left empty</source>
        <translation>Leer: Kindling wählt einen</translation>
    </message>
    <message>
        <source>Yourself</source>
        <translation>Sie selbst</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Arguments</source>
        <translation>&amp;Argumente</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>B&amp;rowse…</source>
        <translation>Du&amp;rchsuchen …</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen …</translation>
    </message>
    <message>
        <source>Program to submit</source>
        <translation>Zu startendes Programm</translation>
    </message>
    <message>
        <source>Spark programs (*.py *.jar *.R);;All files (*)</source>
        <translation>Spark-Programme (*.py *.jar *.R);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Main c&amp;lass</source>
        <translation>Hauptk&amp;lasse</translation>
    </message>
    <message>
        <source>Essentials</source>
        <translation>Wesentliches</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>%1: a quote is left open.</source>
        <translation>%1: Ein Anführungszeichen ist offen.</translation>
    </message>
    <message>
        <source>%1: a batch needs one.</source>
        <translation>%1: Ein Batch braucht eine.</translation>
    </message>
</context>
<context>
    <name>kindling::SummaryPage</name>
    <message>
        <source>States seen</source>
        <translation>Gesehene Zustände</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Angaben</translation>
    </message>
</context>
<context>
    <name>kindling::TargetBar</name>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Run cell</source>
        <translation>Zelle ausführen</translation>
    </message>
    <message>
        <source>Run all</source>
        <translation>Alle ausführen</translation>
    </message>
    <message>
        <source>Interrupt</source>
        <translation>Unterbrechen</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>Neue Sitzung</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>New session…</source>
        <translation>Neue Sitzung …</translation>
    </message>
    <message>
        <source>no server yet</source>
        <translation>noch kein Server</translation>
    </message>
    <message>
        <source>no session chosen</source>
        <translation>keine Sitzung gewählt</translation>
    </message>
    <message>
        <source>not on the server any more</source>
        <translation>nicht mehr auf dem Server</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>schreibgeschützt</translation>
    </message>
    <message>
        <source>It needs a session: you can choose or start one.</source>
        <translation>Sie braucht eine Sitzung: Sie können eine wählen oder starten.</translation>
    </message>
</context>
<context>
    <name>kindling::TemplateBar</name>
    <message>
        <source>Appl&amp;y</source>
        <translation>An&amp;wenden</translation>
    </message>
    <message>
        <source>Sa&amp;ve</source>
        <translation>S&amp;peichern</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>L&amp;öschen</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Choose one, or name this one</source>
        <translation>Eine wählen, oder dieser einen Namen geben</translation>
    </message>
    <message>
        <source>&amp;Template</source>
        <translation>&amp;Vorlage</translation>
    </message>
    <message>
        <source>Deleted: %1</source>
        <translation>Gelöscht: %1</translation>
    </message>
    <message>
        <source>There is one of this name: choose another name, or delete it first.</source>
        <translation>Es gibt schon eine dieses Namens: Wählen Sie einen anderen, oder löschen Sie sie zuerst.</translation>
    </message>
    <message>
        <source>Not saved: there is one of this name already, or there are too many.</source>
        <translation>Nicht gespeichert: Es gibt schon eine dieses Namens, oder es sind zu viele.</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>Gespeichert: %1</translation>
    </message>
</context>
<context>
    <name>kindling::TimelinePane</name>
    <message>
        <source>Nothing has happened yet</source>
        <translation>Noch ist nichts geschehen</translation>
    </message>
    <message>
        <source>What sessions and batches do over time appears here as strips, from when Kindling first sees them.</source>
        <translation>Was Sitzungen und Batches im Lauf der Zeit tun, erscheint hier als Streifen, seit Kindling sie zum ersten Mal sieht.</translation>
    </message>
    <message>
        <source>Time shown</source>
        <translation>Gezeigte Zeit</translation>
    </message>
    <message>
        <source>Last %1</source>
        <comment>a length of time</comment>
        <translation>Letzte %1</translation>
    </message>
    <message>
        <source>Show more time</source>
        <translation>Mehr Zeit zeigen</translation>
    </message>
    <message>
        <source>Show less time</source>
        <translation>Weniger Zeit zeigen</translation>
    </message>
    <message>
        <source>All</source>
        <comment>all the time</comment>
        <translation>Alle</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Drag moves through time, Ctrl and the wheel zoom</source>
        <translation>Ziehen bewegt durch die Zeit, Strg und Mausrad vergrößern</translation>
    </message>
</context>
<context>
    <name>kindling::TimelineView</name>
    <message>
        <source>gone</source>
        <comment>state</comment>
        <translation>weg</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitachse</translation>
    </message>
    <message>
        <source>%1 to %2 (%3)</source>
        <translation>%1 bis %2 (%3)</translation>
    </message>
    <message>
        <source>since %1 (%2)</source>
        <translation>seit %1 (%2)</translation>
    </message>
    <message>
        <source>Not watched, as far as is known, from %1 to %2</source>
        <translation>Soweit bekannt unbeobachtet von %1 bis %2</translation>
    </message>
</context>
<context>
    <name>kindling::TotalsLine</name>
    <message>
        <source>Totals…</source>
        <translation>Summen …</translation>
    </message>
    <message>
        <source>By owner, queue and state: how many, and what they hold</source>
        <translation>Nach Besitzer, Warteschlange und Zustand: wie viele, und was sie belegen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln running</source>
        <translation>
            <numerusform>%Ln läuft</numerusform>
            <numerusform>%Ln laufen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln idle</source>
        <translation>
            <numerusform>%Ln untätig</numerusform>
            <numerusform>%Ln untätig</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln starting</source>
        <translation>
            <numerusform>%Ln startet</numerusform>
            <numerusform>%Ln starten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln gescheitert</numerusform>
            <numerusform>%Ln gescheitert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln in all</source>
        <translation>
            <numerusform>%Ln insgesamt</numerusform>
            <numerusform>%Ln insgesamt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln ended</source>
        <translation>
            <numerusform>%Ln beendet</numerusform>
            <numerusform>%Ln beendet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kindling::TotalsPopup</name>
    <message>
        <source>%1 GiB</source>
        <translation>%1 GiB</translation>
    </message>
    <message>
        <source>Totals</source>
        <translation>Summen</translation>
    </message>
    <message>
        <source>Of what is shown</source>
        <translation>Von dem, was zu sehen ist</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Laufend</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>Untätig</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startend</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Cores</source>
        <translation>Kerne</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>In all</source>
        <translation>Insgesamt</translation>
    </message>
    <message>
        <source>By owner</source>
        <translation>Nach Besitzer</translation>
    </message>
    <message>
        <source>without an owner</source>
        <translation>ohne Besitzer</translation>
    </message>
    <message>
        <source>By queue</source>
        <translation>Nach Warteschlange</translation>
    </message>
    <message>
        <source>without a queue</source>
        <translation>ohne Warteschlange</translation>
    </message>
    <message>
        <source>By state</source>
        <translation>Nach Zustand</translation>
    </message>
    <message>
        <source>without a state</source>
        <translation>ohne Zustand</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln weiterer</numerusform>
            <numerusform>%Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Beendet</translation>
    </message>
</context>
<context>
    <name>kindling::WelcomePane</name>
    <message>
        <source>Kindling</source>
        <translation>Kindling</translation>
    </message>
    <message>
        <source>Write and run Spark code, and watch every session and batch of your Livy servers.</source>
        <translation>Schreiben Sie Spark-Code, führen Sie ihn aus, und beobachten Sie jede Sitzung und jeden Batch Ihrer Livy-Server.</translation>
    </message>
    <message>
        <source>Start &amp;local Spark</source>
        <translation>&amp;Lokales Spark starten</translation>
    </message>
    <message>
        <source>Real Spark on this machine. Nothing to configure.</source>
        <translation>Echtes Spark auf diesem Rechner. Nichts einzurichten.</translation>
    </message>
    <message>
        <source>Apache Livy 0.7 to 0.9, also behind a gateway.</source>
        <translation>Apache Livy 0.7 bis 0.9, auch hinter einem Gateway.</translation>
    </message>
    <message>
        <source>&amp;Open a notebook…</source>
        <translation>Notebook ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>A .ipynb file of Kindling, Jupyter or sparkmagic.</source>
        <translation>Eine .ipynb-Datei von Kindling, Jupyter oder sparkmagic.</translation>
    </message>
    <message>
        <source>&amp;New notebook</source>
        <translation>&amp;Neues Notebook</translation>
    </message>
    <message>
        <source>PySpark, Scala and SQL cells that share one session.</source>
        <translation>Zellen in PySpark, Scala und SQL, die sich eine Sitzung teilen.</translation>
    </message>
    <message>
        <source>Try the &amp;sample</source>
        <translation>&amp;Beispiel ausprobieren</translation>
    </message>
    <message>
        <source>A short notebook on Local Spark: a table, a plot, an error.</source>
        <translation>Ein kurzes Notebook auf lokalem Spark: eine Tabelle, ein Diagramm, ein Fehler.</translation>
    </message>
    <message>
        <source>Recent notebooks</source>
        <translation>Zuletzt geöffnete Notebooks</translation>
    </message>
    <message>
        <source>&amp;Add server…</source>
        <translation>Server &amp;hinzufügen …</translation>
    </message>
</context>
<context>
    <name>kindling::Words</name>
    <message>
        <source>Python died</source>
        <translation>Python ist gestorben</translation>
    </message>
    <message>
        <source>Scala died</source>
        <translation>Scala ist gestorben</translation>
    </message>
    <message>
        <source>R died</source>
        <translation>R ist gestorben</translation>
    </message>
    <message>
        <source>SQL died</source>
        <translation>SQL ist gestorben</translation>
    </message>
    <message>
        <source>%1 died</source>
        <translation>%1 ist gestorben</translation>
    </message>
    <message>
        <source>The server cannot be reached</source>
        <translation>Der Server ist nicht erreichbar</translation>
    </message>
    <message>
        <source>The server did not answer in time</source>
        <translation>Der Server hat nicht rechtzeitig geantwortet</translation>
    </message>
    <message>
        <source>The secure connection was refused</source>
        <translation>Die sichere Verbindung wurde abgelehnt</translation>
    </message>
    <message>
        <source>The server did not accept the sign-in</source>
        <translation>Der Server hat die Anmeldung nicht angenommen</translation>
    </message>
    <message>
        <source>You need to sign in</source>
        <translation>Sie müssen sich anmelden</translation>
    </message>
    <message>
        <source>You are not allowed to do this</source>
        <translation>Sie dürfen das nicht</translation>
    </message>
    <message>
        <source>It is not there any more</source>
        <translation>Es ist nicht mehr da</translation>
    </message>
    <message>
        <source>The server refused the request</source>
        <translation>Der Server hat die Anfrage abgelehnt</translation>
    </message>
    <message>
        <source>The server asks to try again later</source>
        <translation>Der Server bittet, es später wieder zu versuchen</translation>
    </message>
    <message>
        <source>The server failed</source>
        <translation>Der Server ist gescheitert</translation>
    </message>
    <message>
        <source>The server&apos;s answer was not understood</source>
        <translation>Die Antwort des Servers war nicht zu verstehen</translation>
    </message>
    <message>
        <source>The answer is too large</source>
        <translation>Die Antwort ist zu groß</translation>
    </message>
    <message>
        <source>The answer was lost; what became of the request is not known</source>
        <translation>Die Antwort ging verloren; was aus der Anfrage wurde, ist unbekannt</translation>
    </message>
    <message>
        <source>This is not available here</source>
        <translation>Das gibt es hier nicht</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>The file could not be read or written</source>
        <translation>Die Datei ließ sich nicht lesen oder schreiben</translation>
    </message>
    <message>
        <source>not started</source>
        <comment>state</comment>
        <translation>nicht gestartet</translation>
    </message>
    <message>
        <source>starting</source>
        <comment>state</comment>
        <translation>startet</translation>
    </message>
    <message>
        <source>recovering</source>
        <comment>state</comment>
        <translation>wird wiederhergestellt</translation>
    </message>
    <message>
        <source>idle</source>
        <comment>state</comment>
        <translation>untätig</translation>
    </message>
    <message>
        <source>running</source>
        <comment>state</comment>
        <translation>läuft</translation>
    </message>
    <message>
        <source>busy</source>
        <comment>state</comment>
        <translation>beschäftigt</translation>
    </message>
    <message>
        <source>shutting down</source>
        <comment>state</comment>
        <translation>fährt herunter</translation>
    </message>
    <message>
        <source>error</source>
        <comment>state</comment>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>dead</source>
        <comment>state</comment>
        <translation>tot</translation>
    </message>
    <message>
        <source>killed</source>
        <comment>state</comment>
        <translation>beendet</translation>
    </message>
    <message>
        <source>success</source>
        <comment>state</comment>
        <translation>erfolgreich</translation>
    </message>
    <message>
        <source>unknown</source>
        <comment>state</comment>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>queued</source>
        <comment>run</comment>
        <translation>eingereiht</translation>
    </message>
    <message>
        <source>sending</source>
        <comment>run</comment>
        <translation>wird gesendet</translation>
    </message>
    <message>
        <source>looking whether it arrived</source>
        <comment>run</comment>
        <translation>sieht nach, ob es ankam</translation>
    </message>
    <message>
        <source>waiting</source>
        <comment>run</comment>
        <translation>wartet</translation>
    </message>
    <message>
        <source>running</source>
        <comment>run</comment>
        <translation>läuft</translation>
    </message>
    <message>
        <source>cancelling</source>
        <comment>run</comment>
        <translation>wird abgebrochen</translation>
    </message>
    <message>
        <source>done</source>
        <comment>run</comment>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed</source>
        <comment>run</comment>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>cancelled</source>
        <comment>run</comment>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>lost</source>
        <comment>run</comment>
        <translation>verloren</translation>
    </message>
    <message>
        <source>Shared</source>
        <comment>kind of session: all languages</comment>
        <translation>Gemeinsam</translation>
    </message>
    <message>
        <source>PySpark</source>
        <translation>PySpark</translation>
    </message>
    <message>
        <source>Scala</source>
        <translation>Scala</translation>
    </message>
    <message>
        <source>SparkR</source>
        <translation>SparkR</translation>
    </message>
    <message>
        <source>SQL</source>
        <translation>SQL</translation>
    </message>
    <message>
        <source>Unknown</source>
        <comment>kind of session</comment>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 d</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>not connected</source>
        <comment>server</comment>
        <translation>nicht verbunden</translation>
    </message>
    <message>
        <source>connecting</source>
        <comment>server</comment>
        <translation>verbindet</translation>
    </message>
    <message>
        <source>online</source>
        <comment>server</comment>
        <translation>online</translation>
    </message>
    <message>
        <source>offline</source>
        <comment>server</comment>
        <translation>offline</translation>
    </message>
    <message>
        <source>sign-in needed</source>
        <comment>server</comment>
        <translation>Anmeldung nötig</translation>
    </message>
    <message>
        <source>stopped</source>
        <comment>server</comment>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>an interpreter died</source>
        <translation>ein Interpreter ist gestorben</translation>
    </message>
    <message>
        <source>deleted from here</source>
        <comment>why a session or batch is gone</comment>
        <translation>von hier gelöscht</translation>
    </message>
    <message>
        <source>another one has its id now</source>
        <comment>why a session or batch is gone</comment>
        <translation>eine andere hat jetzt ihre ID</translation>
    </message>
    <message>
        <source>%1 GiB</source>
        <translation>%1 GiB</translation>
    </message>
    <message>
        <source>%1 MiB</source>
        <translation>%1 MiB</translation>
    </message>
    <message>
        <source>Local Spark was stopped</source>
        <comment>why a session or batch is gone</comment>
        <translation>Lokales Spark wurde beendet</translation>
    </message>
    <message>
        <source>stopped from here</source>
        <comment>why a session has ended</comment>
        <translation>von hier beendet</translation>
    </message>
    <message>
        <source>it ended unseen, with its Local Spark</source>
        <comment>why a session or batch is gone</comment>
        <translation>ungesehen beendet, mit seinem Lokalen Spark</translation>
    </message>
    <message>
        <source>it ended while nobody watched</source>
        <comment>why a session or batch is gone</comment>
        <translation>endete, während niemand zusah</translation>
    </message>
</context>
</TS>
