<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>ClassTable</name>
    <message>
        <source>A project can have at most %1 classes. Use one of them again.</source>
        <translation>Ein Projekt kann höchstens %1 Klassen haben. Verwenden Sie eine davon noch einmal.</translation>
    </message>
</context>
<context>
    <name>CompareJob</name>
    <message>
        <source>The models have no class in common (%1; %2), so there is nothing to compare. Choose two that know the same classes.</source>
        <translation>Die Modelle haben keine gemeinsame Klasse (%1; %2), also gibt es nichts zu vergleichen. Wählen Sie zwei, die dieselben Klassen kennen.</translation>
    </message>
    <message>
        <source>Slice %1, model %2 of 2</source>
        <translation>Schnitt %1, Modell %2 von 2</translation>
    </message>
    <message>
        <source>Comparing two models</source>
        <translation>Zwei Modelle werden verglichen</translation>
    </message>
</context>
<context>
    <name>Database</name>
    <message>
        <source>%1 is damaged. What is intact can be brought into a new project: emend-cli repair %1 -o NEW.emend</source>
        <translation>%1 ist beschädigt. Was unversehrt ist, lässt sich in ein neues Projekt bringen: emend-cli repair %1 -o NEU.emend</translation>
    </message>
</context>
<context>
    <name>EvaluateJob</name>
    <message>
        <source>The model has no class &quot;%1&quot;. Its classes are: %2.</source>
        <translation>Das Modell hat keine Klasse „%1“. Seine Klassen sind: %2.</translation>
    </message>
    <message>
        <source>Evaluating</source>
        <translation>Bewerten</translation>
    </message>
</context>
<context>
    <name>ExportJob</name>
    <message>
        <source>Exporting</source>
        <translation>Exportieren</translation>
    </message>
</context>
<context>
    <name>FileChoices</name>
    <message>
        <source>All files (%1)</source>
        <translation>Alle Dateien (%1)</translation>
    </message>
    <message>
        <source>Open a folder of sections</source>
        <translation>Ordner mit Schnitten öffnen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>TIFF (%1)</source>
        <translation>TIFF (%1)</translation>
    </message>
    <message>
        <source>Load a model</source>
        <translation>Modell laden</translation>
    </message>
    <message>
        <source>Save the model</source>
        <translation>Modell speichern</translation>
    </message>
    <message>
        <source>Stacks and projects (%1)</source>
        <translation>Stapel und Projekte (%1)</translation>
    </message>
    <message>
        <source>Open a stack or project</source>
        <translation>Stapel oder Projekt öffnen</translation>
    </message>
    <message>
        <source>Save the project</source>
        <translation>Projekt speichern</translation>
    </message>
    <message>
        <source>Repair a project</source>
        <translation>Ein Projekt reparieren</translation>
    </message>
    <message>
        <source>Projects (%1)</source>
        <translation>Projekte (%1)</translation>
    </message>
    <message>
        <source>Models (%1)</source>
        <translation>Modelle (%1)</translation>
    </message>
</context>
<context>
    <name>FineTuneJob</name>
    <message>
        <source>Looking through the corrections</source>
        <translation>Korrekturen werden durchgesehen</translation>
    </message>
    <message>
        <source>Learning from corrections</source>
        <translation>Lernen aus Korrekturen</translation>
    </message>
</context>
<context>
    <name>ItkSource</name>
    <message>
        <source>A section of the stack is damaged and cannot be read. Copy the file again from its source.</source>
        <translation>Ein Schnitt des Stapels ist beschädigt und nicht lesbar. Kopieren Sie die Datei noch einmal von ihrer Quelle.</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>Z&amp;uletzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>&amp;Werkzeuge</translation>
    </message>
    <message>
        <source>&amp;Class</source>
        <translation>&amp;Klasse</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Predict</source>
        <translation>&amp;Vorhersagen</translation>
    </message>
    <message>
        <source>&amp;Learn</source>
        <translation>&amp;Lernen</translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation>&amp;Fenster</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
</context>
<context>
    <name>NetworkBenchmark</name>
    <message>
        <source>The numbers of this network grew beyond all bounds. Choose another seed or precision.</source>
        <translation>Die Zahlen dieses Netzes sind über alle Grenzen gewachsen. Wählen Sie einen anderen Startwert oder eine andere Genauigkeit.</translation>
    </message>
    <message>
        <source>Batch %1 of %2</source>
        <translation>Durchgang %1 von %2</translation>
    </message>
</context>
<context>
    <name>OpenProjectJob</name>
    <message>
        <source>Reading the header</source>
        <translation>Kopf wird gelesen</translation>
    </message>
    <message>
        <source>The stack of this project, %1, is not where it was. Say where it is now.</source>
        <translation>Der Stapel dieses Projekts, %1, ist nicht mehr dort, wo er war. Geben Sie an, wo er jetzt ist.</translation>
    </message>
    <message numerus="yes">
        <source>%1 has %2 x %3 pixels and %Ln slice(s), the project&apos;s stack %4 x %5 and %6. Choose the stack that the project was made for.</source>
        <translation>
            <numerusform>%1 hat %2 x %3 Pixel und %Ln Schnitt, der Stapel des Projekts %4 x %5 und %6. Wählen Sie den Stapel, für den das Projekt angelegt wurde.</numerusform>
            <numerusform>%1 hat %2 x %3 Pixel und %Ln Schnitte, der Stapel des Projekts %4 x %5 und %6. Wählen Sie den Stapel, für den das Projekt angelegt wurde.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing can be written beside the stack, so your work is kept in %1.</source>
        <translation>Neben dem Stapel kann nichts geschrieben werden, daher wird Ihre Arbeit in %1 aufbewahrt.</translation>
    </message>
    <message>
        <source>Emend was not closed properly the last time. Everything that was saved is here, up to step %L1.</source>
        <translation>Emend wurde das letzte Mal nicht ordentlich beendet. Alles Gespeicherte ist da, bis zu Schritt %L1.</translation>
    </message>
    <message>
        <source>%1 has changed since this project was made. Look whether the labels still fit.</source>
        <translation>%1 hat sich geändert, seit dieses Projekt angelegt wurde. Prüfen Sie, ob die Markierungen noch passen.</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>File, “Repair a project”, brings back what is intact.</source>
        <translation>Datei, „Ein Projekt reparieren“, holt zurück, was heil ist.</translation>
    </message>
    <message>
        <source>File, “Repair a project”, brings back what is intact; the last backup is %1.</source>
        <translation>Datei, „Ein Projekt reparieren“, holt zurück, was heil ist; die letzte Sicherung ist %1.</translation>
    </message>
    <message>
        <source>This is open to look at and to export only.</source>
        <translation>Dies ist nur zum Ansehen und Exportieren offen.</translation>
    </message>
    <message>
        <source>This project is in a network folder. Your work is saved on this computer at once, and there whenever you pause.</source>
        <translation>Dieses Projekt liegt in einem Netzwerkordner. Ihre Arbeit wird auf diesem Rechner sofort gespeichert, und dort, sobald Sie innehalten.</translation>
    </message>
    <message>
        <source>What you did here the last time had not reached the network folder yet; it is in it now.</source>
        <translation>Was Sie hier zuletzt getan haben, war noch nicht im Netzwerkordner angekommen; jetzt ist es im Projekt.</translation>
    </message>
</context>
<context>
    <name>PageCarver</name>
    <message>
        <source>%1 cannot be opened. Check that it is there and may be read.</source>
        <translation>%1 kann nicht geöffnet werden. Prüfen Sie, ob die Datei da ist und gelesen werden darf.</translation>
    </message>
</context>
<context>
    <name>PaperTrainJob</name>
    <message>
        <source>Learning by the recipe of the U-Net paper</source>
        <translation>Lernen nach dem Rezept der U-Net-Arbeit</translation>
    </message>
</context>
<context>
    <name>PngFile</name>
    <message>
        <source>%1 could not be written. Choose another folder, or make room on the disk.</source>
        <translation>%1 konnte nicht geschrieben werden. Wählen Sie einen anderen Ordner oder schaffen Sie Platz auf dem Datenträger.</translation>
    </message>
</context>
<context>
    <name>PredictJob</name>
    <message>
        <source>Slice %1 of %2</source>
        <translation>Schnitt %1 von %2</translation>
    </message>
    <message>
        <source>Predicting</source>
        <translation>Vorhersagen</translation>
    </message>
    <message>
        <source>Predicting a slice of %1 x %2 pixels takes %3 of memory, and %4 are free. Close other programs, or predict on a computer that has more.</source>
        <translation>Einen Schnitt von %1 x %2 Pixeln vorherzusagen braucht %3 Speicher, und %4 sind frei. Schließen Sie andere Programme, oder sagen Sie auf einem Rechner vorher, der mehr hat.</translation>
    </message>
    <message>
        <source>Slice %1 of %2, with too little memory to look at those beside</source>
        <translation>Schnitt %1 von %2, mit zu wenig Speicher, um die daneben anzusehen</translation>
    </message>
</context>
<context>
    <name>Prediction</name>
    <message>
        <source>There is not enough memory for the prediction. Predict fewer slices.</source>
        <translation>Für die Vorhersage reicht der Arbeitsspeicher nicht. Sagen Sie weniger Schnitte vorher.</translation>
    </message>
    <message>
        <source>There is not enough memory to show the prediction. Close something.</source>
        <translation>Zum Anzeigen der Vorhersage reicht der Arbeitsspeicher nicht. Schließen Sie etwas.</translation>
    </message>
</context>
<context>
    <name>Predictor</name>
    <message>
        <source>The graphics card has too little memory for this model: predicting on the processor, which is slower</source>
        <translation>Die Grafikkarte hat zu wenig Speicher für dieses Modell: Es wird auf dem Prozessor vorhergesagt, was langsamer ist</translation>
    </message>
</context>
<context>
    <name>ProjectFile</name>
    <message>
        <source>%1 was made by a newer Emend, in a way that this one cannot read. Update Emend to open it.</source>
        <translation>%1 stammt von einem neueren Emend und ist für dieses nicht lesbar. Aktualisieren Sie Emend, um es zu öffnen.</translation>
    </message>
</context>
<context>
    <name>ProjectLock</name>
    <message>
        <source>%1 is already open in another Emend (on %2, process %3). Close it there first, or open a copy to look at.</source>
        <translation>%1 ist bereits in einem anderen Emend geöffnet (auf %2, Prozess %3). Schließen Sie es zuerst dort, oder öffnen Sie eine Kopie zum Ansehen.</translation>
    </message>
</context>
<context>
    <name>ProjectSchema</name>
    <message>
        <source>%1 is no Emend project. Open the stack itself instead.</source>
        <translation>%1 ist kein Emend-Projekt. Öffnen Sie stattdessen den Stapel selbst.</translation>
    </message>
</context>
<context>
    <name>ReadableCopy</name>
    <message>
        <source>There is no space to open a copy of %1. Free some in %2.</source>
        <translation>Es ist kein Platz, um eine Kopie von %1 zu öffnen. Schaffen Sie welchen in %2.</translation>
    </message>
    <message>
        <source>%1 is being written all the time by the Emend that has it open. Try again in a moment.</source>
        <translation>%1 wird von dem Emend, das es offen hat, ständig beschrieben. Versuchen Sie es gleich noch einmal.</translation>
    </message>
</context>
<context>
    <name>ReferenceTrainJob</name>
    <message>
        <source>Learning by the reference recipe</source>
        <translation>Lernen nach dem Referenzrezept</translation>
    </message>
</context>
<context>
    <name>RepairJob</name>
    <message>
        <source>Repairing</source>
        <translation>Reparieren</translation>
    </message>
</context>
<context>
    <name>Sample</name>
    <message>
        <source>The sample stack is not installed. Open a stack of your own.</source>
        <translation>Der Beispielstapel ist nicht installiert. Öffnen Sie einen eigenen Stapel.</translation>
    </message>
</context>
<context>
    <name>SaveCopyJob</name>
    <message>
        <source>Saving a copy</source>
        <translation>Kopie wird gespeichert</translation>
    </message>
    <message>
        <source>Copying the project</source>
        <translation>Projekt wird kopiert</translation>
    </message>
</context>
<context>
    <name>ScaleBar</name>
    <message>
        <source>%1 mm</source>
        <translation>%1 mm</translation>
    </message>
    <message>
        <source>%1 µm</source>
        <translation>%1 µm</translation>
    </message>
    <message>
        <source>%1 nm</source>
        <translation>%1 nm</translation>
    </message>
</context>
<context>
    <name>StackReader</name>
    <message>
        <source>There is not enough memory to open %1. Close other programs.</source>
        <translation>Zum Öffnen von %1 reicht der Arbeitsspeicher nicht. Schließen Sie andere Programme.</translation>
    </message>
</context>
<context>
    <name>StorageThread</name>
    <message>
        <source>There is not enough memory to save. Close other programs, and saving goes on by itself.</source>
        <translation>Der Arbeitsspeicher reicht nicht zum Speichern. Schließen Sie andere Programme, dann geht das Speichern von selbst weiter.</translation>
    </message>
</context>
<context>
    <name>TiffDecoder</name>
    <message>
        <source>A section of %1 is damaged and cannot be read. Copy the file again from its source.</source>
        <translation>Ein Schnitt von %1 ist beschädigt und nicht lesbar. Kopieren Sie die Datei noch einmal von ihrer Quelle.</translation>
    </message>
</context>
<context>
    <name>TiffFile</name>
    <message>
        <source>%1 is not a TIFF file, although its name says so. Choose another file.</source>
        <translation>%1 ist keine TIFF-Datei, obwohl sie so heißt. Wählen Sie eine andere Datei.</translation>
    </message>
</context>
<context>
    <name>UNetSpec</name>
    <message>
        <source>The model&apos;s description is not one that Emend knows (%1). Choose another model.</source>
        <translation>Emend kennt die Beschreibung dieses Modells nicht (%1). Wählen Sie ein anderes Modell.</translation>
    </message>
</context>
<context>
    <name>emend</name>
    <message>
        <source>The folder %1 cannot be read. Check its permissions, or the disk it is on.</source>
        <translation>Der Ordner %1 ist nicht lesbar. Prüfen Sie seine Zugriffsrechte oder den Datenträger.</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>Left out: %1.</source>
        <translation>Ausgelassen: %1.</translation>
    </message>
    <message>
        <source>%1 holds %2 sections. A folder is opened as one section a file; open that file by itself.</source>
        <translation>%1 enthält %2 Schnitte. In einem Ordner muss jede Datei ein Schnitt sein; öffnen Sie diese Datei für sich.</translation>
    </message>
    <message>
        <source>%1 has %2 x %3 pixels, %4 has %5 x %6. All sections of a folder need one size; move what does not belong to another folder.</source>
        <translation>%1 hat %2 × %3 Pixel, %4 hat %5 × %6. Alle Schnitte eines Ordners müssen gleich groß sein; verschieben Sie, was nicht dazugehört, in einen anderen Ordner.</translation>
    </message>
    <message>
        <source>%1 has another depth than %2. All sections of a folder need the same number of bits.</source>
        <translation>%1 hat eine andere Bittiefe als %2. Alle Schnitte eines Ordners müssen dieselbe Bittiefe haben.</translation>
    </message>
    <message>
        <source>The folder %1 holds no sections: no TIFF, PNG or MRC files. Choose the folder that holds the images themselves.</source>
        <translation>Der Ordner %1 enthält keine Schnitte: keine TIFF-, PNG- oder MRC-Dateien. Wählen Sie den Ordner, in dem die Bilder selbst liegen.</translation>
    </message>
    <message>
        <source>The folder %1 holds more than %2 sections. Split it into several folders.</source>
        <translation>Der Ordner %1 enthält mehr als %2 Schnitte. Teilen Sie ihn in mehrere Ordner auf.</translation>
    </message>
    <message>
        <source>There is no file %1. Check its name and folder.</source>
        <translation>Es gibt keine Datei %1. Prüfen Sie Name und Ordner.</translation>
    </message>
    <message>
        <source>%1 may not be read. Ask its owner for permission to read it.</source>
        <translation>%1 darf nicht gelesen werden. Bitten Sie den Besitzer um Leserechte.</translation>
    </message>
    <message>
        <source>The name %1 is too long.</source>
        <translation>Der Name %1 ist zu lang.</translation>
    </message>
    <message>
        <source>%1 is a link that leads to itself.</source>
        <translation>%1 ist eine Verknüpfung, die auf sich selbst zeigt.</translation>
    </message>
    <message>
        <source>%1 could not be opened. Check the disk it is on.</source>
        <translation>%1 ließ sich nicht öffnen. Prüfen Sie den Datenträger.</translation>
    </message>
    <message>
        <source>Export it as TIFF, for example with Fiji, and open that.</source>
        <translation>Exportieren Sie die Daten als TIFF, zum Beispiel mit Fiji, und öffnen Sie dieses.</translation>
    </message>
    <message>
        <source>%1 is empty. Copy it again from its source.</source>
        <translation>%1 ist leer. Kopieren Sie die Datei noch einmal von ihrer Quelle.</translation>
    </message>
    <message>
        <source>%1 is an HDF5 file, which Emend does not read.</source>
        <translation>%1 ist eine HDF5-Datei, die Emend nicht liest.</translation>
    </message>
    <message>
        <source>%1 is a JPEG picture, which Emend does not read.</source>
        <translation>%1 ist ein JPEG-Bild, das Emend nicht liest.</translation>
    </message>
    <message>
        <source>%1 is a DICOM file, which Emend does not read.</source>
        <translation>%1 ist eine DICOM-Datei, die Emend nicht liest.</translation>
    </message>
    <message>
        <source>%1 is no image that Emend reads: TIFF, PNG, MRC, NRRD, MetaImage or NIfTI. Choose another file, or export it as TIFF.</source>
        <translation>%1 ist kein Bild, das Emend liest (TIFF, PNG, MRC, NRRD, MetaImage oder NIfTI). Wählen Sie eine andere Datei oder exportieren Sie sie als TIFF.</translation>
    </message>
    <message>
        <source>The file has %1 channels; the first is shown.</source>
        <translation>Die Datei hat %1 Kanäle; gezeigt wird der erste.</translation>
    </message>
    <message>
        <source>The file has %1 time points; the first is shown.</source>
        <translation>Die Datei hat %1 Zeitpunkte; gezeigt wird der erste.</translation>
    </message>
    <message>
        <source>%1 has pixels of a kind that Emend does not read (%2 bits). Convert it to 8 or 16 bit grey, for example in Fiji.</source>
        <translation>%1 hat Pixel einer Art, die Emend nicht liest (%2 Bit). Wandeln Sie die Datei in 8 oder 16 Bit Graustufen um, zum Beispiel in Fiji.</translation>
    </message>
    <message>
        <source>%1 holds more than four values a pixel. Save one channel as a grey TIFF.</source>
        <translation>%1 enthält mehr als vier Werte je Pixel. Speichern Sie einen Kanal als Graustufen-TIFF.</translation>
    </message>
    <message>
        <source>%1 mixes pixels of different depth. Convert it to grey.</source>
        <translation>%1 mischt Pixel verschiedener Bittiefe. Wandeln Sie die Datei in Graustufen um.</translation>
    </message>
    <message>
        <source>%1 holds colours of a kind that Emend does not read. Convert it to grey, for example in Fiji with Image &gt; Type &gt; 8-bit.</source>
        <translation>%1 enthält Farben einer Art, die Emend nicht liest. Wandeln Sie die Datei in Graustufen um, zum Beispiel in Fiji mit Image &gt; Type &gt; 8-bit.</translation>
    </message>
    <message>
        <source>%1 is damaged: its strips or tiles have an impossible size. Copy it again from its source.</source>
        <translation>%1 ist beschädigt: Streifen oder Kacheln haben eine unmögliche Größe. Kopieren Sie die Datei noch einmal von ihrer Quelle.</translation>
    </message>
    <message>
        <source>%1 is stored in pieces of more than 64 MB. Save it uncompressed, or with smaller strips or tiles.</source>
        <translation>%1 ist in Stücken von mehr als 64 MB gespeichert. Speichern Sie die Datei unkomprimiert oder mit kleineren Streifen oder Kacheln.</translation>
    </message>
    <message>
        <source>%1 is damaged: it promises more pixels than it can hold. Copy it again from its source.</source>
        <translation>%1 ist beschädigt: Die Datei verspricht mehr Pixel, als sie enthalten kann. Kopieren Sie sie noch einmal von ihrer Quelle.</translation>
    </message>
    <message>
        <source>%1 has %2 x %3 pixels and %4 slices, the stack %5 x %6 and %7. Choose the labels of this stack.</source>
        <translation>%1 hat %2 × %3 Pixel und %4 Schnitte, der Stapel %5 × %6 und %7. Wählen Sie die Markierungen dieses Stapels.</translation>
    </message>
    <message>
        <source>No pixel of %1 has one of the classes. Say which value is which class, like --classes 0:membrane,255:inside.</source>
        <translation>Kein Pixel von %1 hat eine der Klassen. Geben Sie an, welcher Wert welche Klasse ist, etwa --classes 0:membrane,255:inside.</translation>
    </message>
    <message>
        <source>The file is no model that Emend can use: %1. Choose another file.</source>
        <translation>Die Datei ist kein Modell, das Emend verwenden kann: %1. Wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>its classes have no names of their own</source>
        <translation>seine Klassen haben keine eigenen Namen</translation>
    </message>
    <message>
        <source>its pixel size makes no sense</source>
        <translation>seine Pixelgröße ergibt keinen Sinn</translation>
    </message>
    <message>
        <source>it was made by a newer Emend</source>
        <translation>es stammt von einem neueren Emend</translation>
    </message>
    <message>
        <source>it was not made by Emend</source>
        <translation>es stammt nicht von Emend</translation>
    </message>
    <message>
        <source>%1 is no model that Emend can use: %2. Choose another file.</source>
        <translation>%1 ist kein Modell, das Emend verwenden kann: %2. Wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>it is too short</source>
        <translation>die Datei ist zu kurz</translation>
    </message>
    <message>
        <source>it is no safetensors file</source>
        <translation>es ist keine safetensors-Datei</translation>
    </message>
    <message>
        <source>its header cannot be read</source>
        <translation>ihre Kopfdaten sind nicht lesbar</translation>
    </message>
    <message>
        <source>its numbers are of a kind that weights do not have</source>
        <translation>ihre Zahlen sind von einer Art, die Gewichte nicht haben</translation>
    </message>
    <message>
        <source>its header is damaged</source>
        <translation>ihre Kopfdaten sind beschädigt</translation>
    </message>
    <message>
        <source>it has weights that its network does not have</source>
        <translation>sie enthält Gewichte, die das Netz nicht hat</translation>
    </message>
    <message>
        <source>a weight has another size than its network needs</source>
        <translation>ein Gewicht hat eine andere Größe, als das Netz braucht</translation>
    </message>
    <message>
        <source>weights of its network are missing</source>
        <translation>Gewichte des Netzes fehlen</translation>
    </message>
    <message>
        <source>its weights do not lie where its header says</source>
        <translation>die Gewichte liegen nicht dort, wo die Kopfdaten es sagen</translation>
    </message>
    <message>
        <source>it is cut short, or longer than its header says</source>
        <translation>sie ist abgeschnitten oder länger, als die Kopfdaten sagen</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>sie ist nicht lesbar</translation>
    </message>
    <message>
        <source>The prediction could not be computed (%1). Choose another device or model.</source>
        <translation>Die Vorhersage ließ sich nicht berechnen (%1). Wählen Sie ein anderes Gerät oder Modell.</translation>
    </message>
    <message>
        <source>Dice %1, V_rand %2, V_info %3</source>
        <translation>Dice %1, V_rand %2, V_info %3</translation>
    </message>
    <message>
        <source>%1 could not be written because the disk is full. Make room, or choose another disk.</source>
        <translation>%1 konnte nicht geschrieben werden, weil der Datenträger voll ist. Schaffen Sie Platz, oder wählen Sie einen anderen Datenträger.</translation>
    </message>
    <message>
        <source>%1 could not be written because it is larger than this disk allows. Choose another disk.</source>
        <translation>%1 konnte nicht geschrieben werden, weil die Datei größer ist, als dieser Datenträger erlaubt. Wählen Sie einen anderen Datenträger.</translation>
    </message>
    <message>
        <source>%1 could not be written because you have no permission to. Choose another folder.</source>
        <translation>%1 konnte nicht geschrieben werden, weil Ihnen die Berechtigung fehlt. Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>%1 could not be written because its disk is read-only. Choose another folder.</source>
        <translation>%1 konnte nicht geschrieben werden, weil der Datenträger schreibgeschützt ist. Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>%1 could not be written because its folder does not exist. Choose another folder.</source>
        <translation>%1 konnte nicht geschrieben werden, weil der Ordner nicht existiert. Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>%1 could not be written because its name is too long. Choose a shorter one.</source>
        <translation>%1 konnte nicht geschrieben werden, weil der Name zu lang ist. Wählen Sie einen kürzeren.</translation>
    </message>
    <message>
        <source>%1 could not be written because it is a folder. Choose another name.</source>
        <translation>%1 konnte nicht geschrieben werden, weil es ein Ordner ist. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>%1 could not be written: the disk reports &quot;%2&quot;. Choose another folder.</source>
        <translation>%1 konnte nicht geschrieben werden: Der Datenträger meldet „%2“. Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Learning failed (%1). The model is as it was; choose another device or model.</source>
        <translation>Das Lernen ist fehlgeschlagen (%1). Das Modell ist, wie es war; wählen Sie ein anderes Gerät oder Modell.</translation>
    </message>
    <message>
        <source>There is not enough memory to learn with this model. The model is as it was; close other programs, or choose a smaller model.</source>
        <translation>Der Speicher reicht nicht, um mit diesem Modell zu lernen. Das Modell ist, wie es war; schließen Sie andere Programme, oder wählen Sie ein kleineres Modell.</translation>
    </message>
    <message>
        <source>A model tells classes apart, and there is only one. Add another class.</source>
        <translation>Ein Modell unterscheidet Klassen, und es gibt nur eine. Fügen Sie eine weitere Klasse hinzu.</translation>
    </message>
    <message>
        <source>Nothing is corrected yet. Paint what is wrong, or confirm a slice that is right, and learn again.</source>
        <translation>Noch ist nichts korrigiert. Malen Sie über, was falsch ist, oder bestätigen Sie einen Schnitt, der stimmt, und lernen Sie erneut.</translation>
    </message>
    <message>
        <source>All corrections are of the class &quot;%1&quot;. Correct some pixels of another class too, or confirm a slice, so that the model can tell them apart.</source>
        <translation>Alle Korrekturen gehören zur Klasse „%1“. Korrigieren Sie auch einige Pixel einer anderen Klasse, oder bestätigen Sie einen Schnitt, damit das Modell sie unterscheiden kann.</translation>
    </message>
    <message>
        <source>%1: %2 corrected pixels, slices %3</source>
        <translation>%1: %2 korrigierte Pixel, Schnitte %3</translation>
    </message>
    <message>
        <source>%1 keeps its pixels in a place that Emend does not follow. Save the stack as one file, or with its pixels in one file beside it.</source>
        <translation>%1 bewahrt seine Pixel an einem Ort auf, dem Emend nicht folgt. Speichern Sie den Stapel als eine Datei oder mit seinen Pixeln in einer Datei daneben.</translation>
    </message>
    <message>
        <source>%1 says that it holds more than its size allows. Copy it again from its source.</source>
        <translation>%1 gibt an, mehr zu enthalten, als seine Größe erlaubt. Kopieren Sie die Datei erneut von ihrer Quelle.</translation>
    </message>
    <message>
        <source>There is no room to unpack %1. Make room on the disk of the folder for temporary files, or unpack the file yourself.</source>
        <translation>Es ist kein Platz, um %1 zu entpacken. Schaffen Sie Platz auf dem Datenträger des Ordners für temporäre Dateien, oder entpacken Sie die Datei selbst.</translation>
    </message>
    <message>
        <source>%1 is a MetaImage that Emend cannot read: %2. Export it as TIFF and open that.</source>
        <translation>%1 ist ein MetaImage, das Emend nicht lesen kann: %2. Exportieren Sie es als TIFF, und öffnen Sie das.</translation>
    </message>
    <message>
        <source>it does not say where its pixels are</source>
        <translation>es sagt nicht, wo seine Pixel sind</translation>
    </message>
    <message>
        <source>its pixels are no plain grey numbers</source>
        <translation>seine Pixel sind keine einfachen Grauwerte</translation>
    </message>
    <message>
        <source>its pixels are written as text</source>
        <translation>seine Pixel sind als Text geschrieben</translation>
    </message>
    <message>
        <source>it has not two or three axes</source>
        <translation>es hat nicht zwei oder drei Achsen</translation>
    </message>
    <message>
        <source>The file says that its voxels are %1, but not in which unit. Type the voxel size.</source>
        <translation>Die Datei gibt an, dass ihre Voxel %1 groß sind, aber nicht, in welcher Einheit. Geben Sie die Voxelgröße ein.</translation>
    </message>
    <message>
        <source>%1 is an MRC file of mode %2, which Emend does not read. Save it as bytes, 16-bit numbers or floating numbers (mode 0, 1, 2 or 6).</source>
        <translation>%1 ist eine MRC-Datei mit Modus %2, den Emend nicht liest. Speichern Sie sie als Bytes, 16-Bit-Zahlen oder Gleitkommazahlen (Modus 0, 1, 2 oder 6).</translation>
    </message>
    <message>
        <source>MRC header</source>
        <translation>MRC-Kopf</translation>
    </message>
    <message>
        <source>The voxels of %1 are no plain grey numbers. Export it as TIFF and open that.</source>
        <translation>Die Voxel von %1 sind keine einfachen Grauwerte. Exportieren Sie die Datei als TIFF, und öffnen Sie das.</translation>
    </message>
    <message>
        <source>%1 holds several volumes. Save one of them and open that.</source>
        <translation>%1 enthält mehrere Volumen. Speichern Sie eines davon, und öffnen Sie das.</translation>
    </message>
    <message>
        <source>NIfTI header</source>
        <translation>NIfTI-Kopf</translation>
    </message>
    <message>
        <source>%1 is a NRRD file that Emend cannot read: %2. Export it as TIFF and open that.</source>
        <translation>%1 ist eine NRRD-Datei, die Emend nicht lesen kann: %2. Exportieren Sie sie als TIFF, und öffnen Sie das.</translation>
    </message>
    <message>
        <source>its header is too long</source>
        <translation>ihr Kopf ist zu lang</translation>
    </message>
    <message>
        <source>NRRD header</source>
        <translation>NRRD-Kopf</translation>
    </message>
    <message>
        <source>The file says that its voxels are %1 x %2 x %3, but not in which unit. Type the voxel size.</source>
        <translation>Die Datei gibt an, dass ihre Voxel %1 x %2 x %3 groß sind, aber nicht, in welcher Einheit. Geben Sie die Voxelgröße ein.</translation>
    </message>
    <message>
        <source>it skips lines of its pixel file</source>
        <translation>sie überspringt Zeilen ihrer Pixeldatei</translation>
    </message>
    <message>
        <source>it is neither raw nor packed with gzip</source>
        <translation>sie ist weder roh noch mit gzip gepackt</translation>
    </message>
    <message>
        <source>The picture %1 is damaged. Copy it again from its source.</source>
        <translation>Das Bild %1 ist beschädigt. Kopieren Sie es erneut von seiner Quelle.</translation>
    </message>
    <message>
        <source>The picture %1 is too large to be decoded at once. Save it as TIFF, which Emend reads piece by piece.</source>
        <translation>Das Bild %1 ist zu groß, um auf einmal entpackt zu werden. Speichern Sie es als TIFF, das Emend Stück für Stück liest.</translation>
    </message>
    <message>
        <source>%1 is a picture in colours, and Emend reads grey sections. Convert it to 8-bit grey, for example with Fiji.</source>
        <translation>%1 ist ein farbiges Bild, und Emend liest graue Schnitte. Wandeln Sie es in 8-Bit-Grau um, zum Beispiel mit Fiji.</translation>
    </message>
    <message>
        <source>%1 ends before its first section is complete. Copy it again from its source.</source>
        <translation>%1 endet, bevor der erste Schnitt vollständig ist. Kopieren Sie die Datei erneut von ihrer Quelle.</translation>
    </message>
    <message>
        <source>%1 ends after section %2 of %3. Emend opened those that are whole.</source>
        <translation>%1 endet nach Schnitt %2 von %3. Emend hat die vollständigen geöffnet.</translation>
    </message>
    <message>
        <source>%1 is a packed archive. Unpack it first and open what is inside.</source>
        <translation>%1 ist ein gepacktes Archiv. Entpacken Sie es zuerst, und öffnen Sie, was darin ist.</translation>
    </message>
    <message>
        <source>There is no space left for %1. Free some, and saving goes on by itself.</source>
        <translation>Für %1 ist kein Platz mehr. Schaffen Sie welchen, dann geht das Speichern von selbst weiter.</translation>
    </message>
    <message>
        <source>%1 is open in another program. Close it there first.</source>
        <translation>%1 ist in einem anderen Programm geöffnet. Schließen Sie es zuerst dort.</translation>
    </message>
    <message>
        <source>%1 is damaged. What is intact can be brought into a new project: emend-cli repair %1 -o NEW.emend</source>
        <translation>%1 ist beschädigt. Was unversehrt ist, lässt sich in ein neues Projekt bringen: emend-cli repair %1 -o NEU.emend</translation>
    </message>
    <message>
        <source>%1 cannot be written. Choose a folder where you may write.</source>
        <translation>%1 kann nicht geschrieben werden. Wählen Sie einen Ordner, in dem Sie schreiben dürfen.</translation>
    </message>
    <message>
        <source>There is not enough memory. Close other programs.</source>
        <translation>Der Arbeitsspeicher reicht nicht. Schließen Sie andere Programme.</translation>
    </message>
    <message>
        <source>%1 cannot be written or read (%2). Save a copy in another place.</source>
        <translation>%1 kann nicht geschrieben oder gelesen werden (%2). Speichern Sie eine Kopie an einem anderen Ort.</translation>
    </message>
    <message>
        <source>Looking at every tile</source>
        <translation>Jede Kachel wird geprüft</translation>
    </message>
    <message>
        <source>rows are missing or contradict each other</source>
        <translation>Zeilen fehlen oder widersprechen einander</translation>
    </message>
    <message>
        <source>its network does not take whole slices</source>
        <translation>sein Netz nimmt keine ganzen Schnitte</translation>
    </message>
    <message>
        <source>There are no folds &quot;%1&quot;. Choose &quot;reference&quot; or &quot;true&quot;.</source>
        <translation>Es gibt keine Aufteilung „%1“. Wählen Sie „reference“ oder „true“.</translation>
    </message>
    <message>
        <source>Five folds need at least five slices, and the stack has %1. Choose another stack, or train without folds.</source>
        <translation>Fünf Teile brauchen mindestens fünf Schnitte, und der Stapel hat %1. Wählen Sie einen anderen Stapel oder lernen Sie ohne Aufteilung.</translation>
    </message>
    <message>
        <source>The reference recipe learns from whole slices of two classes, and not all pixels of slice %1 are of one of them. Choose other slices or labels.</source>
        <translation>Das Referenzrezept lernt von ganzen Schnitten mit zwei Klassen, und nicht alle Pixel von Schnitt %1 gehören zu einer davon. Wählen Sie andere Schnitte oder Labels.</translation>
    </message>
    <message>
        <source>%1 is no training run that Emend can go on with. Choose another file, or begin anew.</source>
        <translation>%1 ist kein Lernlauf, den Emend fortsetzen kann. Wählen Sie eine andere Datei oder beginnen Sie neu.</translation>
    </message>
    <message>
        <source>%1 is of another training run: its seed, batch, precision, size of network, slices or classes differ. Give the options that it began with.</source>
        <translation>%1 gehört zu einem anderen Lernlauf: Startzahl, Batch, Genauigkeit, Größe des Netzes, Schnitte oder Klassen sind andere. Geben Sie die Optionen an, mit denen er begann.</translation>
    </message>
    <message>
        <source>%1 has done %2 steps already. Ask for more steps.</source>
        <translation>%1 hat schon %2 Schritte hinter sich. Verlangen Sie mehr Schritte.</translation>
    </message>
    <message>
        <source>%1: slices %2, by the recipe of NVIDIA&apos;s UNet Medical</source>
        <translation>%1: Schnitte %2, nach dem Rezept von NVIDIAs UNet Medical</translation>
    </message>
    <message>
        <source>The model &quot;%1&quot; is not of the reference recipe.</source>
        <translation>Das Modell „%1“ ist nicht nach dem Referenzrezept entstanden.</translation>
    </message>
    <message>
        <source>The classes of the labels are not those of the model: %1.</source>
        <translation>Die Klassen der Labels sind nicht die des Modells: %1.</translation>
    </message>
    <message>
        <source>There is not enough memory to predict with this model. Close other programs, or choose a smaller model.</source>
        <translation>Für dieses Modell reicht der Arbeitsspeicher nicht. Schließen Sie andere Programme oder wählen Sie ein kleineres Modell.</translation>
    </message>
    <message>
        <source>There is not enough memory for this network. Choose a smaller size or batch.</source>
        <translation>Für dieses Netz reicht der Arbeitsspeicher nicht. Wählen Sie kleinere Bilder oder weniger Bilder auf einmal.</translation>
    </message>
    <message>
        <source>The labels of these slices do not have pixels of two classes. Choose other slices or labels.</source>
        <translation>Die Markierungen dieser Schnitte haben keine Pixel zweier Klassen. Wählen Sie andere Schnitte oder Markierungen.</translation>
    </message>
    <message>
        <source>%1: slices %2, by the recipe of the U-Net paper</source>
        <translation>%1: Schnitte %2, nach dem Rezept der U-Net-Arbeit</translation>
    </message>
    <message>
        <source>There is no precision &quot;%1&quot;. Choose auto, fp32, mixed, bf16 or fp16.</source>
        <translation>Es gibt keine Genauigkeit „%1“. Wählen Sie auto, fp32, mixed, bf16 oder fp16.</translation>
    </message>
</context>
<context>
    <name>emend::Actions</name>
    <message>
        <source>Class %1</source>
        <translation>Klasse %1</translation>
    </message>
    <message>
        <source>Paint class %1</source>
        <translation>Klasse %1 malen</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>action (key)</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Open a &amp;folder of sections…</source>
        <translation>&amp;Ordner mit Schnitten öffnen …</translation>
    </message>
    <message>
        <source>Open a folder with one numbered file a section</source>
        <translation>Einen Ordner mit einer nummerierten Datei je Schnitt öffnen</translation>
    </message>
    <message>
        <source>Open the &amp;sample</source>
        <translation>&amp;Beispiel öffnen</translation>
    </message>
    <message>
        <source>Open forty sections of a fly&apos;s brain and predict them</source>
        <translation>Vierzig Schnitte eines Fliegenhirns öffnen und vorhersagen</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren …</translation>
    </message>
    <message>
        <source>Write masks, class numbers or probabilities as TIFF</source>
        <translation>Masken, Klassennummern oder Wahrscheinlichkeiten als TIFF schreiben</translation>
    </message>
    <message>
        <source>&amp;Load a model…</source>
        <translation>Modell &amp;laden …</translation>
    </message>
    <message>
        <source>Use a model from a file</source>
        <translation>Ein Modell aus einer Datei verwenden</translation>
    </message>
    <message>
        <source>Save the &amp;model as…</source>
        <translation>&amp;Modell speichern unter …</translation>
    </message>
    <message>
        <source>Keep the current model in a file, for other stacks and other people</source>
        <translation>Das gewählte Modell in einer Datei aufheben, für andere Stapel und andere Leute</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Close Emend</source>
        <translation>Emend schließen</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Take back what was done last</source>
        <translation>Zurücknehmen, was zuletzt getan wurde</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Do again what was taken back</source>
        <translation>Wiederholen, was zurückgenommen wurde</translation>
    </message>
    <message>
        <source>&amp;Confirm this slice</source>
        <translation>Diesen Schnitt &amp;bestätigen</translation>
    </message>
    <message>
        <source>What is predicted on this slice is right: learn from it</source>
        <translation>Was auf diesem Schnitt vorhergesagt ist, stimmt: daraus lernen</translation>
    </message>
    <message>
        <source>&amp;Voxel size…</source>
        <translation>&amp;Voxelgröße …</translation>
    </message>
    <message>
        <source>Type the size of a pixel and the thickness of a section</source>
        <translation>Pixelgröße und Schnittdicke eingeben</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Show less of the slice, larger</source>
        <translation>Weniger vom Schnitt zeigen, größer</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>Show more of the slice, smaller</source>
        <translation>Mehr vom Schnitt zeigen, kleiner</translation>
    </message>
    <message>
        <source>&amp;Fit to the window</source>
        <translation>An das Fenster &amp;anpassen</translation>
    </message>
    <message>
        <source>Show the whole slice</source>
        <translation>Den ganzen Schnitt zeigen</translation>
    </message>
    <message>
        <source>&amp;100 %</source>
        <translation>&amp;100 %</translation>
    </message>
    <message>
        <source>Show a pixel of the slice as one of the screen</source>
        <translation>Ein Pixel des Schnitts als ein Pixel des Bildschirms zeigen</translation>
    </message>
    <message>
        <source>&amp;Previous slice</source>
        <translation>&amp;Voriger Schnitt</translation>
    </message>
    <message>
        <source>Go to the slice before; the wheel does it too</source>
        <translation>Zum Schnitt davor gehen; das Rad tut es auch</translation>
    </message>
    <message>
        <source>&amp;Next slice</source>
        <translation>&amp;Nächster Schnitt</translation>
    </message>
    <message>
        <source>Go to the slice after; the wheel does it too</source>
        <translation>Zum Schnitt danach gehen; das Rad tut es auch</translation>
    </message>
    <message>
        <source>Fi&amp;rst slice</source>
        <translation>&amp;Erster Schnitt</translation>
    </message>
    <message>
        <source>Go to the beginning of the stack</source>
        <translation>An den Anfang des Stapels gehen</translation>
    </message>
    <message>
        <source>&amp;Last slice</source>
        <translation>&amp;Letzter Schnitt</translation>
    </message>
    <message>
        <source>Go to the end of the stack</source>
        <translation>An das Ende des Stapels gehen</translation>
    </message>
    <message>
        <source>&amp;Show the labels</source>
        <translation>&amp;Markierungen anzeigen</translation>
    </message>
    <message>
        <source>Show or hide the labels; hold H to hide them for a moment</source>
        <translation>Die Markierungen ein- oder ausblenden; H gehalten blendet sie kurz aus</translation>
    </message>
    <message>
        <source>Automatic &amp;contrast</source>
        <translation>Automatischer K&amp;ontrast</translation>
    </message>
    <message>
        <source>Choose the contrast by what is visible</source>
        <translation>Den Kontrast nach dem wählen, was zu sehen ist</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>Voll&amp;bild</translation>
    </message>
    <message>
        <source>Use the whole screen</source>
        <translation>Den ganzen Bildschirm nutzen</translation>
    </message>
    <message>
        <source>Section &amp;only</source>
        <translation>N&amp;ur der Schnitt</translation>
    </message>
    <message>
        <source>Hide everything but the section; Tab in the section does it too</source>
        <translation>Alles außer dem Schnitt ausblenden; Tab im Schnitt tut es auch</translation>
    </message>
    <message>
        <source>Like the &amp;desktop</source>
        <translation>Wie die &amp;Arbeitsumgebung</translation>
    </message>
    <message>
        <source>Dark or light, as the desktop asks</source>
        <translation>Dunkel oder hell, wie die Arbeitsumgebung es will</translation>
    </message>
    <message>
        <source>D&amp;ark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>Dark window</source>
        <translation>Dunkles Fenster</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>Light window</source>
        <translation>Helles Fenster</translation>
    </message>
    <message>
        <source>&amp;Brush</source>
        <translation>&amp;Pinsel</translation>
    </message>
    <message>
        <source>Paint the current class; the right button erases</source>
        <translation>Die gewählte Klasse malen; die rechte Taste radiert</translation>
    </message>
    <message>
        <source>&amp;Eraser</source>
        <translation>&amp;Radierer</translation>
    </message>
    <message>
        <source>Take labels away</source>
        <translation>Markierungen wegnehmen</translation>
    </message>
    <message>
        <source>&amp;Fill</source>
        <translation>&amp;Füllen</translation>
    </message>
    <message>
        <source>Give a connected area of one class the current class</source>
        <translation>Einem zusammenhängenden Gebiet einer Klasse die gewählte Klasse geben</translation>
    </message>
    <message>
        <source>&amp;Polygon</source>
        <translation>P&amp;olygon</translation>
    </message>
    <message>
        <source>Give everything inside an outline the current class</source>
        <translation>Allem innerhalb eines Umrisses die gewählte Klasse geben</translation>
    </message>
    <message>
        <source>&amp;Smaller</source>
        <translation>&amp;Kleiner</translation>
    </message>
    <message>
        <source>Make the tool smaller; Shift and the wheel do it too</source>
        <translation>Das Werkzeug verkleinern; Umschalt und Rad tun es auch</translation>
    </message>
    <message>
        <source>&amp;Larger</source>
        <translation>&amp;Größer</translation>
    </message>
    <message>
        <source>Make the tool larger; Shift and the wheel do it too</source>
        <translation>Das Werkzeug vergrößern; Umschalt und Rad tun es auch</translation>
    </message>
    <message>
        <source>&amp;Add a class</source>
        <translation>Klasse &amp;hinzufügen</translation>
    </message>
    <message>
        <source>Add a class to the list</source>
        <translation>Der Liste eine Klasse hinzufügen</translation>
    </message>
    <message>
        <source>Predict this &amp;slice</source>
        <translation>Diesen &amp;Schnitt vorhersagen</translation>
    </message>
    <message>
        <source>Let the model label the slice that is shown; what is corrected stays</source>
        <translation>Das Modell den gezeigten Schnitt markieren lassen; Korrigiertes bleibt</translation>
    </message>
    <message>
        <source>Predict &amp;all slices</source>
        <translation>&amp;Alle Schnitte vorhersagen</translation>
    </message>
    <message>
        <source>Let the model label the whole stack; what is corrected stays</source>
        <translation>Das Modell den ganzen Stapel markieren lassen; Korrigiertes bleibt</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>An&amp;halten</translation>
    </message>
    <message>
        <source>Stop what is running</source>
        <translation>Anhalten, was gerade läuft</translation>
    </message>
    <message>
        <source>&amp;Learn from my corrections</source>
        <translation>Aus meinen Korrekturen &amp;lernen</translation>
    </message>
    <message>
        <source>Teach the model what was corrected, then predict again</source>
        <translation>Dem Modell das Korrigierte beibringen, dann neu vorhersagen</translation>
    </message>
    <message>
        <source>&amp;Keys and mouse</source>
        <translation>&amp;Tasten und Maus</translation>
    </message>
    <message>
        <source>Show what keys and mouse do</source>
        <translation>Zeigen, was Tasten und Maus bewirken</translation>
    </message>
    <message>
        <source>&amp;About Emend</source>
        <translation>&amp;Über Emend</translation>
    </message>
    <message>
        <source>Show version and licence</source>
        <translation>Version und Lizenz zeigen</translation>
    </message>
    <message>
        <source>&amp;Open a stack or project…</source>
        <translation>Stapel oder Projekt ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>Open a project, or a file with sections: TIFF, PNG, MRC, NRRD, MetaImage or NIfTI</source>
        <translation>Ein Projekt oder eine Datei mit Schnitten öffnen: TIFF, PNG, MRC, NRRD, MetaImage oder NIfTI</translation>
    </message>
    <message>
        <source>Save project &amp;as…</source>
        <translation>Projekt speichern &amp;unter …</translation>
    </message>
    <message>
        <source>Go on in a copy of this project; what you do is saved by itself anyway</source>
        <translation>In einer Kopie dieses Projekts weiterarbeiten; was Sie tun, wird ohnehin von selbst gespeichert</translation>
    </message>
    <message>
        <source>Save a &amp;copy…</source>
        <translation>&amp;Kopie speichern …</translation>
    </message>
    <message>
        <source>Write a copy of this project and go on here</source>
        <translation>Eine Kopie dieses Projekts schreiben und hier weiterarbeiten</translation>
    </message>
    <message>
        <source>&amp;Repair a project…</source>
        <translation>Ein Projekt &amp;reparieren…</translation>
    </message>
    <message>
        <source>Make a new project of what is intact of a damaged one</source>
        <translation>Aus dem, was von einem beschädigten Projekt heil ist, ein neues machen</translation>
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation>&amp;Modelle…</translation>
    </message>
    <message>
        <source>All models with where they come from: choose, rename, pin, delete</source>
        <translation>Alle Modelle und woher sie kommen: wählen, umbenennen, anheften, löschen</translation>
    </message>
    <message>
        <source>Go to the &amp;next place to correct</source>
        <translation>Zur &amp;nächsten Stelle, die zu korrigieren ist</translation>
    </message>
    <message>
        <source>Show where the model is &amp;unsure</source>
        <translation>Zeigen, wo das Modell &amp;unsicher ist</translation>
    </message>
    <message>
        <source>Tint what is predicted, the stronger the less sure the model is of it</source>
        <translation>Vorhergesagtes einfärben, je unsicherer das Modell ist, desto stärker</translation>
    </message>
    <message>
        <source>This &amp;place is right</source>
        <translation>Diese &amp;Stelle stimmt</translation>
    </message>
    <message>
        <source>What is predicted in the place that N has led to is right: learn from it, and go to the next place</source>
        <translation>Was an der Stelle vorhergesagt ist, zu der N geführt hat, stimmt: daraus lernen und zur nächsten Stelle gehen</translation>
    </message>
    <message>
        <source>Show the &amp;other model</source>
        <translation>Das &amp;andere Modell zeigen</translation>
    </message>
    <message>
        <source>While two models are compared: show what the other one says</source>
        <translation>Während zwei Modelle verglichen werden: zeigen, was das andere sagt</translation>
    </message>
    <message>
        <source>Show where the models &amp;differ</source>
        <translation>Zeigen, wo die Modelle sich &amp;unterscheiden</translation>
    </message>
    <message>
        <source>While two models are compared: show the pixels on which they do not agree</source>
        <translation>Während zwei Modelle verglichen werden: die Pixel zeigen, bei denen sie nicht übereinstimmen</translation>
    </message>
    <message>
        <source>&amp;Leave the comparison</source>
        <translation>Den Vergleich &amp;verlassen</translation>
    </message>
    <message>
        <source>Show the labels again as they were</source>
        <translation>Die Markierungen wieder zeigen, wie sie waren</translation>
    </message>
    <message>
        <source>Go to the place where a correction is worth most, in any slice; again: to the next one</source>
        <translation>Zu der Stelle gehen, an der eine Korrektur am meisten bringt, in welchem Schnitt auch immer; noch einmal: zur nächsten</translation>
    </message>
</context>
<context>
    <name>emend::AtomicFile</name>
    <message>
        <source>%1 is not a file that can be replaced. Choose another name.</source>
        <translation>%1 ist keine Datei, die ersetzt werden kann. Wählen Sie einen anderen Namen.</translation>
    </message>
</context>
<context>
    <name>emend::Banner</name>
    <message>
        <source>Close the message</source>
        <translation>Meldung schließen</translation>
    </message>
</context>
<context>
    <name>emend::BaseModelPatches</name>
    <message>
        <source>The volume is too small to learn from. Each side needs %1 voxels.</source>
        <translation>Das Volumen ist zu klein, um daraus zu lernen. Jede Seite braucht %1 Voxel.</translation>
    </message>
    <message>
        <source>The volume and what is known of it differ in size. Give files that belong together.</source>
        <translation>Das Volumen und das, was davon bekannt ist, sind verschieden groß. Geben Sie Dateien an, die zusammengehören.</translation>
    </message>
    <message>
        <source>No voxel of the volume is in a mitochondrion. Give another file, or leave it out.</source>
        <translation>Kein Voxel des Volumens liegt in einem Mitochondrium. Geben Sie eine andere Datei an, oder lassen Sie sie weg.</translation>
    </message>
</context>
<context>
    <name>emend::BrushTool</name>
    <message>
        <source>Brush</source>
        <translation>Pinsel</translation>
    </message>
    <message>
        <source>erase</source>
        <translation>Radieren</translation>
    </message>
    <message>
        <source>brush stroke</source>
        <translation>Pinselstrich</translation>
    </message>
</context>
<context>
    <name>emend::Checkpoint</name>
    <message>
        <source>There is no model %1. Give the file of a model.</source>
        <translation>Es gibt kein Modell %1. Geben Sie die Datei eines Modells an.</translation>
    </message>
    <message>
        <source>There is no model %1. Give a file, or the name of a shipped model: %2.</source>
        <translation>Es gibt kein Modell %1. Geben Sie eine Datei an oder den Namen eines mitgelieferten Modells: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be opened. Check that it is there and may be read.</source>
        <translation>%1 kann nicht geöffnet werden. Prüfen Sie, ob die Datei da ist und gelesen werden darf.</translation>
    </message>
</context>
<context>
    <name>emend::ClassMap</name>
    <message>
        <source>&quot;%1&quot; does not say which value is which class. Write it like 0:membrane,255:inside.</source>
        <translation>„%1“ sagt nicht, welcher Wert welche Klasse ist. Schreiben Sie es wie 0:membrane,255:inside.</translation>
    </message>
</context>
<context>
    <name>emend::ClassPanel</name>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>Add a class</source>
        <translation>Klasse hinzufügen</translation>
    </message>
</context>
<context>
    <name>emend::ClassRow</name>
    <message>
        <source>Colour of %1</source>
        <translation>Farbe von %1</translation>
    </message>
    <message>
        <source>Choose another colour</source>
        <translation>Andere Farbe wählen</translation>
    </message>
    <message>
        <source>Name of class %1</source>
        <translation>Name der Klasse %1</translation>
    </message>
    <message>
        <source>%1: double-click to rename</source>
        <translation>%1: zum Umbenennen doppelklicken</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 anzeigen</translation>
    </message>
    <message>
        <source>Hide in the picture</source>
        <translation>Im Bild ausblenden</translation>
    </message>
    <message>
        <source>Show in the picture</source>
        <translation>Im Bild anzeigen</translation>
    </message>
    <message>
        <source>Lock %1</source>
        <translation>%1 sperren</translation>
    </message>
    <message>
        <source>Locked: is not painted over. Click to unlock</source>
        <translation>Gesperrt: wird nicht übermalt. Klicken entsperrt</translation>
    </message>
    <message>
        <source>Lock, so that it is not painted over</source>
        <translation>Sperren, damit nicht darüber gemalt wird</translation>
    </message>
    <message>
        <source>Class %1: %2</source>
        <translation>Klasse %1: %2</translation>
    </message>
</context>
<context>
    <name>emend::ComparisonBar</name>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>A: %1</source>
        <comment>the first of two models</comment>
        <translation>A: %1</translation>
    </message>
    <message>
        <source>B: %1</source>
        <comment>the second of two models</comment>
        <translation>B: %1</translation>
    </message>
</context>
<context>
    <name>emend::ComputeDevice</name>
    <message>
        <source>There is no device &quot;%1&quot;. Choose auto, cpu, or a graphics card like cuda:0.</source>
        <translation>Es gibt kein Gerät „%1“. Wählen Sie auto, cpu oder eine Grafikkarte wie cuda:0.</translation>
    </message>
    <message>
        <source>This computer has no graphics card %1 that Emend can use. Choose auto or cpu.</source>
        <translation>Dieser Rechner hat keine Grafikkarte %1, die Emend nutzen kann. Wählen Sie auto oder cpu.</translation>
    </message>
    <message>
        <source>FP16 is slow on a CPU. Choose auto, bf16 or fp32.</source>
        <translation>FP16 ist auf einem Prozessor langsam. Wählen Sie auto, bf16 oder fp32.</translation>
    </message>
    <message>
        <source>GPU %1, %2</source>
        <extracomment>%1 is the name of a graphics card, %2 the kind of numbers it computes with</extracomment>
        <translation>GPU %1, %2</translation>
    </message>
    <message>
        <source>CPU, 1 core, %1</source>
        <extracomment>%2 is the kind of numbers the processor computes with</extracomment>
        <translation>CPU, 1 Kern, %1</translation>
    </message>
    <message>
        <source>CPU, %1 cores, %2</source>
        <translation>CPU, %1 Kerne, %2</translation>
    </message>
    <message>
        <source>On a graphics card there is no &quot;mixed&quot;. Choose auto, bf16 or fp16, which keep FP32 where it is needed.</source>
        <translation>Auf einer Grafikkarte gibt es kein „mixed“. Wählen Sie auto, bf16 oder fp16, die FP32 behalten, wo es nötig ist.</translation>
    </message>
    <message>
        <source>This processor is not faster in bf16. Choose auto or fp32.</source>
        <translation>Dieser Prozessor ist in bf16 nicht schneller. Wählen Sie auto oder fp32.</translation>
    </message>
</context>
<context>
    <name>emend::ContrastPopover</name>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>Black below</source>
        <translation>Schwarz unter</translation>
    </message>
    <message>
        <source>White above</source>
        <translation>Weiß über</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Umkehren</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
</context>
<context>
    <name>emend::CorrectPanel</name>
    <message>
        <source>Correct</source>
        <translation>Korrigieren</translation>
    </message>
    <message>
        <source>Paint over what is wrong.</source>
        <translation>Übermalen Sie, was falsch ist.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln slice(s) confirmed</source>
        <translation>
            <numerusform>%Ln Schnitt bestätigt</numerusform>
            <numerusform>%Ln Schnitte bestätigt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln partly</source>
        <translation>
            <numerusform>%Ln teilweise</numerusform>
            <numerusform>%Ln teilweise</numerusform>
        </translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1.</translation>
    </message>
    <message>
        <source>%1, %2.</source>
        <translation>%1, %2.</translation>
    </message>
    <message>
        <source>Next: %L1 →</source>
        <translation>Weiter: %L1 →</translation>
    </message>
    <message>
        <source>Go to slice %L1: there the model is least sure</source>
        <translation>Zu Schnitt %L1 gehen: Dort ist das Modell am unsichersten</translation>
    </message>
    <message>
        <source>Slice is right</source>
        <translation>Schnitt stimmt</translation>
    </message>
    <message>
        <source>Place is right</source>
        <translation>Stelle stimmt</translation>
    </message>
</context>
<context>
    <name>emend::DamageWatch</name>
    <message>
        <source>slice %1, x %2 to %3, y %4 to %5</source>
        <translation>Schnitt %1, x %2 bis %3, y %4 bis %5</translation>
    </message>
    <message numerus="yes">
        <source> and %n more place(s)</source>
        <translation>
            <numerusform> und an %n weiteren Stelle</numerusform>
            <numerusform> und an %n weiteren Stellen</numerusform>
        </translation>
    </message>
    <message>
        <source>The file is damaged where it keeps the labels of %1; that part is hatched in red and left alone. All the rest is sound. File, “Repair a project”, makes a new project of what is intact.</source>
        <translation>Die Datei ist beschädigt, wo sie die Markierungen von %1 hält; dieser Teil ist rot schraffiert und bleibt unberührt. Alles andere ist heil. Datei, „Ein Projekt reparieren“, macht aus dem Heilen ein neues Projekt.</translation>
    </message>
</context>
<context>
    <name>emend::DemoLoop</name>
    <message>
        <source>The folder %1 cannot be made. Choose another one with -o.</source>
        <translation>Der Ordner %1 lässt sich nicht anlegen. Wählen Sie mit -o einen anderen.</translation>
    </message>
    <message>
        <source>Predicting %1 with the model &quot;%2&quot; (%3)</source>
        <translation>%1 wird mit dem Modell „%2“ vorhergesagt (%3)</translation>
    </message>
    <message>
        <source>  before: %1</source>
        <translation>  vorher:  %1</translation>
    </message>
    <message>
        <source>Correcting slices %1 and %2 from the truth, and learning from them</source>
        <translation>Schnitte %1 und %2 werden nach der Wahrheit korrigiert und daraus gelernt</translation>
    </message>
    <message>
        <source>  after:  %1</source>
        <translation>  nachher: %1</translation>
    </message>
    <message>
        <source>Masks and pictures are in %1</source>
        <translation>Masken und Bilder liegen in %1</translation>
    </message>
</context>
<context>
    <name>emend::EditHistory</name>
    <message>
        <source>unfinished stroke</source>
        <translation>unvollendeter Strich</translation>
    </message>
</context>
<context>
    <name>emend::EraserTool</name>
    <message>
        <source>Eraser</source>
        <translation>Radierer</translation>
    </message>
</context>
<context>
    <name>emend::ExportPanel</name>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>What to export</source>
        <translation>Was exportiert wird</translation>
    </message>
    <message>
        <source>Masks, one file a class</source>
        <translation>Masken, eine Datei je Klasse</translation>
    </message>
    <message>
        <source>White where the class is, black elsewhere</source>
        <translation>Weiß, wo die Klasse ist, sonst schwarz</translation>
    </message>
    <message>
        <source>Class numbers, one file</source>
        <translation>Klassennummern, eine Datei</translation>
    </message>
    <message>
        <source>0 where nothing is labelled, else the number of the class</source>
        <translation>0, wo nichts markiert ist, sonst die Nummer der Klasse</translation>
    </message>
    <message>
        <source>Probabilities, one file a class</source>
        <translation>Wahrscheinlichkeiten, eine Datei je Klasse</translation>
    </message>
    <message>
        <source>What the model said, from 0 to 255</source>
        <translation>Was das Modell sagt, von 0 bis 255</translation>
    </message>
</context>
<context>
    <name>emend::FileCommands</name>
    <message numerus="yes">
        <source>Exported %Ln file(s) to %1</source>
        <translation>
            <numerusform>%Ln Datei nach %1 exportiert</numerusform>
            <numerusform>%Ln Dateien nach %1 exportiert</numerusform>
        </translation>
    </message>
    <message>
        <source>Something is still running. Wait for it, or stop it, then open.</source>
        <translation>Es läuft noch etwas. Warten Sie darauf oder halten Sie es an, und öffnen Sie dann.</translation>
    </message>
    <message>
        <source>Emend opens one stack at a time: %1. To open many sections as one stack, drop their folder.</source>
        <translation>Emend öffnet einen Stapel auf einmal: %1. Um viele Schnitte als einen Stapel zu öffnen, ziehen Sie ihren Ordner hierher.</translation>
    </message>
    <message>
        <source>&amp;Clear the list</source>
        <translation>Liste &amp;leeren</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Hier bleiben</translation>
    </message>
    <message>
        <source>You can go on; nothing is lost as long as Emend is open.</source>
        <translation>Sie können weiterarbeiten; nichts ist verloren, solange Emend geöffnet ist.</translation>
    </message>
    <message>
        <source>Everything is saved again.</source>
        <translation>Alles ist wieder gespeichert.</translation>
    </message>
    <message>
        <source>That is the open project itself, which is saved all the time. Choose another name.</source>
        <translation>Das ist das geöffnete Projekt selbst, das ständig gespeichert wird. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>Nicht gespeichert</translation>
    </message>
    <message>
        <source>What you did since then is lost when you go on.</source>
        <translation>Was Sie seitdem getan haben, geht verloren, wenn Sie fortfahren.</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>Kopie speichern …</translation>
    </message>
    <message>
        <source>Go on without it</source>
        <translation>Ohne fortfahren</translation>
    </message>
    <message>
        <source>Already open</source>
        <translation>Schon offen</translation>
    </message>
    <message>
        <source>Open a copy to look at</source>
        <translation>Eine Kopie zum Ansehen öffnen</translation>
    </message>
    <message>
        <source>The new project needs another name than the damaged one.</source>
        <translation>Das neue Projekt braucht einen anderen Namen als das beschädigte.</translation>
    </message>
</context>
<context>
    <name>emend::FileSet</name>
    <message>
        <source>Writing slice %1 of %2</source>
        <translation>Schreibe Schnitt %1 von %2</translation>
    </message>
    <message>
        <source>Putting the files in place</source>
        <translation>Lege die Dateien an ihren Platz</translation>
    </message>
</context>
<context>
    <name>emend::FillTool</name>
    <message>
        <source>Fill</source>
        <translation>Füllen</translation>
    </message>
    <message>
        <source>erase</source>
        <translation>Radieren</translation>
    </message>
    <message>
        <source>fill</source>
        <translation>Füllung</translation>
    </message>
</context>
<context>
    <name>emend::GreyMapping</name>
    <message>
        <source>The file holds signed, floating or 32-bit numbers, all of them whole and from 0 to 65535: they are kept as they are.</source>
        <translation>Die Datei enthält Zahlen mit Vorzeichen, Gleitkomma- oder 32-Bit-Zahlen, alle ganz und von 0 bis 65535: Sie bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>The file holds signed, floating or 32-bit numbers: %1 to %2 are shown as 0 to 65535.</source>
        <translation>Die Datei enthält Zahlen mit Vorzeichen, Gleitkomma- oder 32-Bit-Zahlen: %1 bis %2 werden als 0 bis 65535 gezeigt.</translation>
    </message>
    <message>
        <source>Only parts of this large stack were looked at; values beyond are cut off.</source>
        <translation>Von diesem großen Stapel wurden nur Teile angesehen; Werte außerhalb werden abgeschnitten.</translation>
    </message>
</context>
<context>
    <name>emend::InputFile</name>
    <message>
        <source>%1 is not a file that holds a stack. Choose an image file.</source>
        <translation>%1 ist keine Datei mit einem Stapel. Wählen Sie eine Bilddatei.</translation>
    </message>
    <message>
        <source>%1 ends too early, or could not be read. Copy it again from its source.</source>
        <translation>%1 endet zu früh oder ist nicht lesbar. Kopieren Sie die Datei noch einmal von ihrer Quelle.</translation>
    </message>
</context>
<context>
    <name>emend::JobBar</name>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>wird angehalten</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>noch einige Sekunden</translation>
    </message>
    <message numerus="yes">
        <source>about %Ln second(s) left</source>
        <translation>
            <numerusform>noch etwa %Ln Sekunde</numerusform>
            <numerusform>noch etwa %Ln Sekunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln minute(s) left</source>
        <translation>
            <numerusform>noch etwa %Ln Minute</numerusform>
            <numerusform>noch etwa %Ln Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln hour(s) left</source>
        <translation>
            <numerusform>noch etwa %Ln Stunde</numerusform>
            <numerusform>noch etwa %Ln Stunden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emend::JobRunner</name>
    <message>
        <source>There is not enough memory for this. Close other programs, or choose fewer slices, and try again.</source>
        <translation>Der Speicher reicht dafür nicht. Schließen Sie andere Programme, oder wählen Sie weniger Schnitte, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Something went wrong inside the program, and nothing was changed. Please try again.</source>
        <translation>Im Programm ist etwas schiefgegangen, und nichts wurde verändert. Versuchen Sie es erneut.</translation>
    </message>
</context>
<context>
    <name>emend::KeysDialog</name>
    <message>
        <source>Keys and mouse</source>
        <translation>Tasten und Maus</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was sie bewirkt</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Rad</translation>
    </message>
    <message>
        <source>Go from slice to slice</source>
        <translation>Von Schnitt zu Schnitt gehen</translation>
    </message>
    <message>
        <source>Ctrl+wheel</source>
        <translation>Strg+Rad</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>Am Mauszeiger vergrößern</translation>
    </message>
    <message>
        <source>Shift+wheel</source>
        <translation>Umschalt+Rad</translation>
    </message>
    <message>
        <source>Size of the tool</source>
        <translation>Größe des Werkzeugs</translation>
    </message>
    <message>
        <source>Left button</source>
        <translation>Linke Taste</translation>
    </message>
    <message>
        <source>Use the tool in hand</source>
        <translation>Das gewählte Werkzeug benutzen</translation>
    </message>
    <message>
        <source>Right button</source>
        <translation>Rechte Taste</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Radieren</translation>
    </message>
    <message>
        <source>Shift+click</source>
        <translation>Umschalt+Klick</translation>
    </message>
    <message>
        <source>Take up the class under the pointer</source>
        <translation>Die Klasse unter dem Zeiger aufnehmen</translation>
    </message>
    <message>
        <source>Middle button, or Space</source>
        <translation>Mittlere Taste oder Leertaste</translation>
    </message>
    <message>
        <source>Move the section</source>
        <translation>Den Schnitt verschieben</translation>
    </message>
    <message>
        <source>H, held</source>
        <translation>H, gehalten</translation>
    </message>
    <message>
        <source>Hide the labels</source>
        <translation>Die Markierungen ausblenden</translation>
    </message>
    <message>
        <source>Tab, in the section</source>
        <translation>Tab, im Schnitt</translation>
    </message>
    <message>
        <source>Hide everything but the section</source>
        <translation>Alles außer dem Schnitt ausblenden</translation>
    </message>
    <message>
        <source>Escape</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Leave what is half done</source>
        <translation>Halb Getanes verlassen</translation>
    </message>
    <message>
        <source>Choose a class</source>
        <translation>Klasse wählen</translation>
    </message>
</context>
<context>
    <name>emend::LearnPanel</name>
    <message>
        <source>Learn</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>Learn from my corrections</source>
        <translation>Aus meinen Korrekturen lernen</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>A few corrected areas on two or three slices are enough to begin.</source>
        <translation>Einige korrigierte Stellen auf zwei oder drei Schnitten genügen für den Anfang.</translation>
    </message>
    <message>
        <source>The same seed and the same corrections give the same model</source>
        <translation>Dieselbe Startzahl und dieselben Korrekturen ergeben dasselbe Modell</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startzahl</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Hide advanced options</source>
        <translation>Erweiterte Einstellungen ausblenden</translation>
    </message>
    <message>
        <source>Show advanced options</source>
        <translation>Erweiterte Einstellungen anzeigen</translation>
    </message>
    <message>
        <source>Learning. You can go on working meanwhile.</source>
        <translation>Das Modell lernt. Sie können währenddessen weiterarbeiten.</translation>
    </message>
    <message>
        <source>Kept.</source>
        <translation>Übernommen.</translation>
    </message>
    <message>
        <source>Not better; the model before stays in use.</source>
        <translation>Nicht besser; das bisherige Modell bleibt in Gebrauch.</translation>
    </message>
    <message>
        <source>%1 → %2 on held-out pixels. %3</source>
        <translation>%1 → %2 an Prüfpixeln. %3</translation>
    </message>
    <message>
        <source>%1 on held-out pixels. %2</source>
        <translation>%1 an Prüfpixeln. %2</translation>
    </message>
    <message>
        <source>Learned; too few corrections to hold some out for a score.</source>
        <translation>Gelernt; für eine Prüfung sind es noch zu wenige Korrekturen.</translation>
    </message>
    <message>
        <source>Stopped; the model before stays in use.</source>
        <translation>Angehalten; das bisherige Modell bleibt in Gebrauch.</translation>
    </message>
    <message>
        <source>The prediction had %1 % of your corrections wrong.</source>
        <translation>Die Vorhersage lag bei %1 % Ihrer Korrekturen falsch.</translation>
    </message>
    <message>
        <source>The last two rounds brought next to nothing: you can stop here, or correct another kind of place.</source>
        <translation>Die letzten zwei Runden brachten fast nichts: Sie können hier aufhören, oder andersartige Stellen korrigieren.</translation>
    </message>
    <message>
        <source>The pieces of the slices that the model is shown while it learns</source>
        <translation>Die Stücke der Schnitte, die dem Modell beim Lernen gezeigt werden</translation>
    </message>
    <message>
        <source>Pieces</source>
        <translation>Stücke</translation>
    </message>
    <message>
        <source>Teach</source>
        <translation>Unterrichten</translation>
    </message>
    <message>
        <source>Pieces that the model learns from at a time</source>
        <translation>Stücke, aus denen das Modell auf einmal lernt</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Stücke je Schritt</translation>
    </message>
    <message>
        <source>How much a step changes the model at most</source>
        <translation>Wie stark ein Schritt das Modell höchstens ändert</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>automatic: %1</source>
        <comment>a number that the program chooses</comment>
        <translation>automatisch: %1</translation>
    </message>
    <message>
        <source>%L1 × %L1 pixels</source>
        <translation>%L1 × %L1 Pixel</translation>
    </message>
    <message>
        <source>%1 (in use)</source>
        <translation>%1 (in Gebrauch)</translation>
    </message>
    <message>
        <source>%1 (came with Emend)</source>
        <translation>%1 (von Emend)</translation>
    </message>
    <message>
        <source>a new model</source>
        <translation>ein neues Modell</translation>
    </message>
    <message>
        <source>A copy of “%1” learns on from your corrections.</source>
        <translation>Eine Kopie von „%1“ lernt aus Ihren Korrekturen weiter.</translation>
    </message>
    <message>
        <source>A copy of “%1” learns from your corrections; what “%2” has learned is left out.</source>
        <translation>Eine Kopie von „%1“ lernt aus Ihren Korrekturen; was „%2“ gelernt hat, bleibt außen vor.</translation>
    </message>
    <message>
        <source>A new model that knows nothing yet; it needs many more corrections.</source>
        <translation>Ein neues Modell, das noch nichts weiß; es braucht viel mehr Korrekturen.</translation>
    </message>
    <message>
        <source>Chosen by Emend there are fewer where they would take too long; a number of yours is kept</source>
        <translation>Von Emend gewählt sind es weniger, wo sie zu lange dauern würden; Ihre eigene Zahl gilt</translation>
    </message>
    <message>
        <source>up to %1</source>
        <comment>steps that the program chooses</comment>
        <translation>bis zu %1</translation>
    </message>
</context>
<context>
    <name>emend::LearningCurve</name>
    <message>
        <source>Learning curve</source>
        <translation>Lernkurve</translation>
    </message>
    <message>
        <source>Step %L1 of %L2, loss %3</source>
        <translation>Schritt %L1 von %L2, Fehler %3</translation>
    </message>
    <message>
        <source>%1, score %2</source>
        <translation>%1, Güte %2</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Güte</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>%L1 steps</source>
        <translation>%L1 Schritte</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
</context>
<context>
    <name>emend::Limits</name>
    <message>
        <source>%1 is damaged: it says that it has no pixels. Copy it again from its source.</source>
        <translation>%1 ist beschädigt: Die Datei gibt an, keine Pixel zu haben. Kopieren Sie sie noch einmal von ihrer Quelle.</translation>
    </message>
    <message>
        <source>%1 says that it has %2 x %3 pixels, which is more than Emend opens. Cut it into smaller pieces, or check whether the file is damaged.</source>
        <translation>%1 gibt %2 × %3 Pixel an, mehr als Emend öffnet. Zerteilen Sie das Bild oder prüfen Sie, ob die Datei beschädigt ist.</translation>
    </message>
    <message>
        <source>%1 says that it has %2 sections. Emend opens 1 to %3; check whether the file is damaged.</source>
        <translation>%1 gibt %2 Schnitte an. Emend öffnet 1 bis %3; prüfen Sie, ob die Datei beschädigt ist.</translation>
    </message>
</context>
<context>
    <name>emend::MainWindow</name>
    <message>
        <source>&amp;Reset the panels</source>
        <translation>Bedienfelder &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>About Emend</source>
        <translation>Über Emend</translation>
    </message>
    <message>
        <source>Labels serial-section electron microscopy stacks with a model that learns from corrections.

Models run on: %1
Licence: Apache 2.0</source>
        <translation>Markiert Serienschnitte aus dem Elektronenmikroskop mit einem Modell, das aus Korrekturen lernt.

Modelle rechnen auf: %1
Lizenz: Apache 2.0</translation>
    </message>
</context>
<context>
    <name>emend::ModelComparison</name>
    <message>
        <source>Less than %1 %</source>
        <translation>Weniger als %1 %</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Two models are compared; your labels are not shown. Leave the comparison to work on them.</source>
        <translation>Zwei Modelle werden verglichen; Ihre Markierungen werden nicht gezeigt. Verlassen Sie den Vergleich, um an ihnen zu arbeiten.</translation>
    </message>
    <message>
        <source>Open a stack first: models are compared on a slice.</source>
        <translation>Öffnen Sie zuerst einen Stapel: Modelle werden an einem Schnitt verglichen.</translation>
    </message>
    <message>
        <source>Something is running. Stop it, or compare the models when it is done.</source>
        <translation>Es läuft gerade etwas. Halten Sie es an, oder vergleichen Sie die Modelle danach.</translation>
    </message>
    <message>
        <source>%1: the other model · %2: where they differ · %3: leave</source>
        <translation>%1: das andere Modell · %2: wo sie sich unterscheiden · %3: verlassen</translation>
    </message>
    <message>
        <source>This slice is being predicted with both models.</source>
        <translation>Dieser Schnitt wird mit beiden Modellen vorhergesagt.</translation>
    </message>
    <message>
        <source>The models agree on every pixel.</source>
        <translation>Die Modelle stimmen bei jedem Pixel überein.</translation>
    </message>
    <message>
        <source>%1 of the pixels differ; their colour is what B says.</source>
        <translation>%1 der Pixel unterscheiden sich; ihre Farbe ist, was B sagt.</translation>
    </message>
    <message>
        <source>%1 of the pixels differ.</source>
        <translation>%1 der Pixel unterscheiden sich.</translation>
    </message>
    <message>
        <source>The models name their classes differently; the colours are those of your classes.</source>
        <translation>Die Modelle benennen ihre Klassen verschieden; die Farben sind die Ihrer Klassen.</translation>
    </message>
</context>
<context>
    <name>emend::ModelShelf</name>
    <message>
        <source>Saved the model as %1</source>
        <translation>Modell gespeichert als %1</translation>
    </message>
    <message>
        <source>There is a model “%1” already. Choose another name.</source>
        <translation>Es gibt schon ein Modell „%1“. Wählen Sie einen anderen Namen.</translation>
    </message>
</context>
<context>
    <name>emend::ModelsDialog</name>
    <message>
        <source>in use</source>
        <translation>in Gebrauch</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>angeheftet</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Learned from</source>
        <translation>Gelernt aus</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Entstanden</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Güte</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>Dieses Modell verwenden</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter…</translation>
    </message>
    <message>
        <source>Load…</source>
        <translation>Laden…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Delete all not pinned…</source>
        <translation>Alle nicht angehefteten löschen…</translation>
    </message>
    <message>
        <source>shipped with Emend</source>
        <translation>mit Emend geliefert</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message numerus="yes">
        <source>%1. %Ln step(s), seed %2.</source>
        <translation>
            <numerusform>%1. %Ln Schritt, Startwert %2.</numerusform>
            <numerusform>%1. %Ln Schritte, Startwert %2.</numerusform>
        </translation>
    </message>
    <message>
        <source>Rename the model</source>
        <translation>Das Modell umbenennen</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln model(s) for good?</source>
        <translation>
            <numerusform>%Ln Modell endgültig löschen?</numerusform>
            <numerusform>%Ln Modelle endgültig löschen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Their weights are removed from the project; this cannot be undone. Save those that you may want again.</source>
        <translation>Ihre Gewichte werden aus dem Projekt entfernt; das lässt sich nicht rückgängig machen. Speichern Sie, was Sie vielleicht wieder brauchen.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Show the slice as two models see it: choose two with Ctrl, or one to compare it with the one in use</source>
        <translation>Den Schnitt zeigen, wie zwei Modelle ihn sehen: zwei mit Strg wählen, oder eines, um es mit dem in Gebrauch zu vergleichen</translation>
    </message>
    <message>
        <source>Tells apart: %1.</source>
        <translation>Unterscheidet: %1.</translation>
    </message>
</context>
<context>
    <name>emend::NetworkBenchmark</name>
    <message>
        <source>Batch %1 of %2</source>
        <translation>Durchgang %1 von %2</translation>
    </message>
</context>
<context>
    <name>emend::OmeDescription</name>
    <message>
        <source>The file has %1 images; the first is shown.</source>
        <translation>Die Datei hat %1 Bilder; gezeigt wird das erste.</translation>
    </message>
    <message>
        <source>Some sections are in other files, which are not opened.</source>
        <translation>Einige Schnitte liegen in anderen Dateien, die nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>The file has %1 channels; the first is shown.</source>
        <translation>Die Datei hat %1 Kanäle; gezeigt wird der erste.</translation>
    </message>
    <message>
        <source>The file has %1 time points; the first is shown.</source>
        <translation>Die Datei hat %1 Zeitpunkte; gezeigt wird der erste.</translation>
    </message>
</context>
<context>
    <name>emend::PanelDock</name>
    <message>
        <source>Close %1</source>
        <translation>%1 schließen</translation>
    </message>
    <message>
        <source>Close; the Window menu brings it back</source>
        <translation>Schließen; das Menü Fenster holt es zurück</translation>
    </message>
</context>
<context>
    <name>emend::PanelLinks</name>
    <message>
        <source>class %1</source>
        <translation>Klasse %1</translation>
    </message>
    <message>
        <source>new class</source>
        <translation>neue Klasse</translation>
    </message>
    <message>
        <source>change of class %1</source>
        <translation>Änderung der Klasse %1</translation>
    </message>
    <message>
        <source>No place is shown. Go to the next place to correct (%1) first.</source>
        <translation>Es wird keine Stelle gezeigt. Gehen Sie zuerst zur nächsten Stelle, die zu korrigieren ist (%1).</translation>
    </message>
</context>
<context>
    <name>emend::PaperTrainer</name>
    <message>
        <source>Preparing the slices</source>
        <translation>Bereite die Schnitte vor</translation>
    </message>
    <message>
        <source>Learning was given up, for its numbers grew beyond all bounds. Choose another seed or fp32, and learn again.</source>
        <translation>Das Lernen wurde aufgegeben, denn seine Zahlen wuchsen über alle Grenzen. Wählen Sie eine andere Startzahl oder fp32 und lernen Sie noch einmal.</translation>
    </message>
</context>
<context>
    <name>emend::Patience</name>
    <message>
        <source>Learning was given up, for its numbers grew beyond all bounds. Choose another seed or fp32, and learn again.</source>
        <translation>Das Lernen wurde aufgegeben, denn seine Zahlen wuchsen über alle Grenzen. Wählen Sie eine andere Startzahl oder fp32 und lernen Sie noch einmal.</translation>
    </message>
</context>
<context>
    <name>emend::Patient</name>
    <message>
        <source>%1 cannot be copied to %2 to look into it. Check that it may be read and that there is space.</source>
        <translation>%1 kann zum Untersuchen nicht nach %2 kopiert werden. Prüfen Sie, ob die Datei gelesen werden darf und ob Platz ist.</translation>
    </message>
</context>
<context>
    <name>emend::PolygonTool</name>
    <message>
        <source>Polygon</source>
        <translation>Polygon</translation>
    </message>
    <message>
        <source>polygon</source>
        <translation>Polygon</translation>
    </message>
</context>
<context>
    <name>emend::PredictPanel</name>
    <message>
        <source>Predict</source>
        <translation>Vorhersagen</translation>
    </message>
    <message>
        <source>This slice</source>
        <translation>Dieser Schnitt</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Opacity of the labels, in percent</source>
        <translation>Deckkraft der Markierungen in Prozent</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>Deckkraft</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>Noch kein Modell</translation>
    </message>
    <message>
        <source>All %L1</source>
        <translation>Alle %L1</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>%L1 %</source>
        <translation>%L1 %</translation>
    </message>
    <message>
        <source>Careful, eight times slower</source>
        <translation>Sorgfältig, achtmal langsamer</translation>
    </message>
    <message>
        <source>Predict each place eight times, mirrored and turned, and take the mean</source>
        <translation>Jede Stelle achtmal vorhersagen, gespiegelt und gedreht, und den Mittelwert nehmen</translation>
    </message>
</context>
<context>
    <name>emend::PredictionInbox</name>
    <message>
        <source>prediction</source>
        <translation>Vorhersage</translation>
    </message>
    <message>
        <source>classes of the model</source>
        <translation>Klassen des Modells</translation>
    </message>
</context>
<context>
    <name>emend::Project</name>
    <message>
        <source>The prediction was made for another stack. Predict this stack again.</source>
        <translation>Die Vorhersage gehört zu einem anderen Stapel. Sagen Sie diesen Stapel neu vorher.</translation>
    </message>
</context>
<context>
    <name>emend::ProjectStore</name>
    <message>
        <source>%1 was made by a newer Emend, so you can look at it and export, but not work on it. Update Emend to go on.</source>
        <translation>%1 stammt von einem neueren Emend; Sie können es ansehen und exportieren, aber nicht daran arbeiten. Aktualisieren Sie Emend, um weiterzumachen.</translation>
    </message>
    <message>
        <source>%1 cannot be written where it is. Save it under another name to work on it.</source>
        <translation>%1 lässt sich an seinem Ort nicht beschreiben. Speichern Sie es unter anderem Namen, um daran zu arbeiten.</translation>
    </message>
    <message>
        <source>Somebody else has changed %1 meanwhile. Your work is beside it, as %2.</source>
        <translation>Jemand anders hat %1 inzwischen geändert. Ihre Arbeit liegt daneben, als %2.</translation>
    </message>
    <message>
        <source>The network folder of %1 cannot be written now. Your work is saved on this computer and goes there as soon as it can.</source>
        <translation>Der Netzwerkordner von %1 lässt sich gerade nicht beschreiben. Ihre Arbeit ist auf diesem Rechner gespeichert und kommt dorthin, sobald es geht.</translation>
    </message>
</context>
<context>
    <name>emend::ReferenceState</name>
    <message>
        <source>%1 cannot be opened. Check that it is there and may be read.</source>
        <translation>%1 kann nicht geöffnet werden. Prüfen Sie, ob die Datei da ist und gelesen werden darf.</translation>
    </message>
</context>
<context>
    <name>emend::ReferenceTrainer</name>
    <message>
        <source>Preparing the slices</source>
        <translation>Bereite die Schnitte vor</translation>
    </message>
</context>
<context>
    <name>emend::Run</name>
    <message>
        <source>Learning, step %1 of %2</source>
        <translation>Lerne, Schritt %1 von %2</translation>
    </message>
</context>
<context>
    <name>emend::SafetensorsFile</name>
    <message>
        <source>some of its weights are no numbers</source>
        <translation>einige Gewichte sind keine Zahlen</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>sie ist beschädigt</translation>
    </message>
</context>
<context>
    <name>emend::Salvage</name>
    <message>
        <source>Collecting tiles</source>
        <translation>Kacheln werden gesammelt</translation>
    </message>
    <message>
        <source>Putting tiles in their places</source>
        <translation>Kacheln werden an ihre Stellen gebracht</translation>
    </message>
    <message>
        <source>Collecting the history</source>
        <translation>Der Verlauf wird gesammelt</translation>
    </message>
    <message>
        <source>Nothing can be brought back: the file does not even say which stack it belongs to. Look for a backup beside it.</source>
        <translation>Nichts lässt sich zurückholen: Die Datei sagt nicht einmal, zu welchem Stapel sie gehört. Suchen Sie neben ihr nach einer Sicherung.</translation>
    </message>
</context>
<context>
    <name>emend::SectionPage</name>
    <message>
        <source>Section</source>
        <translation>Schnitt</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>Which grey is shown black and which white</source>
        <translation>Welches Grau schwarz und welches weiß gezeigt wird</translation>
    </message>
</context>
<context>
    <name>emend::Session</name>
    <message>
        <source>There is no model yet. Load one, or label some pixels and learn.</source>
        <translation>Es gibt noch kein Modell. Laden Sie eines, oder markieren Sie einige Pixel und lassen Sie daraus lernen.</translation>
    </message>
    <message>
        <source>confirmation of slice %1</source>
        <translation>Bestätigung von Schnitt %1</translation>
    </message>
    <message>
        <source>Undid: %1</source>
        <translation>Rückgängig gemacht: %1</translation>
    </message>
    <message>
        <source>Did again: %1</source>
        <translation>Wiederholt: %1</translation>
    </message>
    <message>
        <source>Saved a copy as %1</source>
        <translation>Kopie gespeichert als %1</translation>
    </message>
    <message>
        <source>You went on working while the copy was written, so Emend stays with this project. Save again to go on with the copy.</source>
        <translation>Sie haben weitergearbeitet, während die Kopie geschrieben wurde, daher bleibt Emend bei diesem Projekt. Speichern Sie noch einmal, um mit der Kopie weiterzuarbeiten.</translation>
    </message>
    <message numerus="yes">
        <source>Brought %Ln tile(s) of labels into %1; lost: %2</source>
        <translation>
            <numerusform>%Ln Kachel mit Markierungen nach %1 gebracht; verloren: %2</numerusform>
            <numerusform>%Ln Kacheln mit Markierungen nach %1 gebracht; verloren: %2</numerusform>
        </translation>
    </message>
    <message>
        <source>This project is open to look at only. Save it under another name to work on it.</source>
        <translation>Dieses Projekt ist nur zum Ansehen offen. Speichern Sie es unter anderem Namen, um daran zu arbeiten.</translation>
    </message>
    <message>
        <source>confirmation of a place in slice %1</source>
        <translation>Bestätigung einer Stelle in Schnitt %1</translation>
    </message>
    <message>
        <source>looking for a graphics card</source>
        <translation>sucht eine Grafikkarte</translation>
    </message>
</context>
<context>
    <name>emend::SliceRange</name>
    <message>
        <source>&quot;%1&quot; is no list of slices. Write it like 0-4,18.</source>
        <translation>„%1“ ist keine Liste von Schnitten. Schreiben Sie sie wie 0-4,18.</translation>
    </message>
    <message>
        <source>There is no slice %1: the stack has %2 slices, counted from 0.</source>
        <translation>Es gibt keinen Schnitt %1: Der Stapel hat %2 Schnitte, gezählt ab 0.</translation>
    </message>
</context>
<context>
    <name>emend::SliceStrip</name>
    <message>
        <source>Slice</source>
        <translation>Schnitt</translation>
    </message>
    <message>
        <source>untouched</source>
        <translation>unberührt</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>vorhergesagt</translation>
    </message>
    <message>
        <source>partly corrected</source>
        <translation>teilweise korrigiert</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>bestätigt</translation>
    </message>
    <message>
        <source>Slice %L1: %2</source>
        <translation>Schnitt %L1: %2</translation>
    </message>
    <message>
        <source>%1, held out for the score</source>
        <translation>%1, dient der Prüfung</translation>
    </message>
</context>
<context>
    <name>emend::StartPage</name>
    <message>
        <source>Go on with</source>
        <translation>Weiterarbeiten an</translation>
    </message>
    <message>
        <source>Open a stack, let a model predict, correct what is wrong, let it learn from your corrections.</source>
        <translation>Öffnen Sie einen Stapel, lassen Sie ein Modell vorhersagen, korrigieren Sie, was falsch ist, und lassen Sie es daraus lernen.</translation>
    </message>
    <message>
        <source>Open a stack</source>
        <translation>Stapel öffnen</translation>
    </message>
    <message>
        <source>TIFF, PNG, MRC, NRRD or NIfTI; or drop a file here</source>
        <translation>TIFF, PNG, MRC, NRRD oder NIfTI; oder eine Datei hierher ziehen</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>One numbered file a section; or drop the folder here</source>
        <translation>Je Schnitt eine nummerierte Datei; oder den Ordner hierher ziehen</translation>
    </message>
    <message>
        <source>Try the sample</source>
        <translation>Beispiel ausprobieren</translation>
    </message>
    <message>
        <source>Forty sections of a fly&apos;s brain, predicted and ready to be corrected</source>
        <translation>Vierzig Schnitte eines Fliegenhirns, vorhergesagt und bereit zum Korrigieren</translation>
    </message>
    <message>
        <source>%1. No longer there</source>
        <translation>%1. Nicht mehr vorhanden</translation>
    </message>
    <message>
        <source>Emend ended unexpectedly. Everything that was saved is there: go on with %1</source>
        <translation>Emend wurde unerwartet beendet. Alles Gespeicherte ist da: weiter mit %1</translation>
    </message>
</context>
<context>
    <name>emend::StatusLine</name>
    <message>
        <source>ignored</source>
        <translation>ignoriert</translation>
    </message>
    <message>
        <source>no class</source>
        <translation>keine Klasse</translation>
    </message>
    <message>
        <source>%1 (corrected)</source>
        <translation>%1 (korrigiert)</translation>
    </message>
    <message>
        <source>%1 (predicted)</source>
        <translation>%1 (vorhergesagt)</translation>
    </message>
    <message>
        <source>Slice %L1 of %L2</source>
        <translation>Schnitt %L1 von %L2</translation>
    </message>
    <message>
        <source>x %1 y %2</source>
        <translation>x %1 y %2</translation>
    </message>
    <message>
        <source>grey %L1</source>
        <translation>Grau %L1</translation>
    </message>
    <message>
        <source>%L1 %</source>
        <translation>%L1 %</translation>
    </message>
    <message>
        <source>Ctrl and the wheel zoom at the pointer</source>
        <translation>Strg und Rad vergrößern am Mauszeiger</translation>
    </message>
    <message>
        <source>Voxel size not known</source>
        <translation>Voxelgröße unbekannt</translation>
    </message>
    <message>
        <source>%1 × %2 × %3 nm</source>
        <translation>%1 × %2 × %3 nm</translation>
    </message>
    <message>
        <source>Voxel size; click to type another</source>
        <translation>Voxelgröße; klicken, um eine andere einzugeben</translation>
    </message>
    <message>
        <source>Click to type the voxel size</source>
        <translation>Klicken, um die Voxelgröße einzugeben</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>gespeichert</translation>
    </message>
    <message>
        <source>Everything you have done is on the disk</source>
        <translation>Alles, was Sie getan haben, ist auf dem Datenträger</translation>
    </message>
    <message>
        <source>saving</source>
        <translation>speichert</translation>
    </message>
    <message>
        <source>The last change is on its way to the disk</source>
        <translation>Die letzte Änderung ist unterwegs zum Datenträger</translation>
    </message>
    <message>
        <source>NOT SAVED</source>
        <translation>NICHT GESPEICHERT</translation>
    </message>
    <message>
        <source>only to look at</source>
        <translation>nur zum Ansehen</translation>
    </message>
    <message>
        <source>What you change here is kept nowhere</source>
        <translation>Was Sie hier ändern, wird nirgends aufbewahrt</translation>
    </message>
    <message>
        <source>Where models run, and how exactly they multiply: fp32 in full; mixed, bf16 and fp16 more roughly and faster, with nearly the same masks</source>
        <translation>Wo Modelle rechnen und wie genau sie multiplizieren: fp32 voll; mixed, bf16 und fp16 gröber und schneller, mit fast denselben Masken</translation>
    </message>
</context>
<context>
    <name>emend::TiffDirectory</name>
    <message>
        <source>%1 holds no section that is whole: the file is damaged or cut short. Copy it again from its source.</source>
        <translation>%1 enthält keinen ganzen Schnitt: Die Datei ist beschädigt oder abgeschnitten. Kopieren Sie sie noch einmal von ihrer Quelle.</translation>
    </message>
    <message>
        <source>The file is cut short: the first %1 sections are whole and are shown.</source>
        <translation>Die Datei ist abgeschnitten: Die ersten %1 Schnitte sind ganz und werden gezeigt.</translation>
    </message>
    <message>
        <source>%1 is damaged: its pages run in a circle. Copy it again from its source.</source>
        <translation>%1 ist beschädigt: Ihre Seiten laufen im Kreis. Kopieren Sie die Datei noch einmal von ihrer Quelle.</translation>
    </message>
    <message>
        <source>%1 has more than %2 sections. Split it into several stacks.</source>
        <translation>%1 hat mehr als %2 Schnitte. Teilen Sie die Datei in mehrere Stapel auf.</translation>
    </message>
    <message>
        <source>Section %1 of %2 has %3 x %4 pixels, the first one %5 x %6. All sections of a stack need one size.</source>
        <translation>Schnitt %1 von %2 hat %3 × %4 Pixel, der erste %5 × %6. Alle Schnitte eines Stapels müssen gleich groß sein.</translation>
    </message>
    <message>
        <source>Section %1 of %2 has another depth than the first one. All sections of a stack need the same number of bits.</source>
        <translation>Schnitt %1 von %2 hat eine andere Bittiefe als der erste. Alle Schnitte eines Stapels müssen dieselbe Bittiefe haben.</translation>
    </message>
    <message>
        <source>Sections that the file names are missing in it, and left out.</source>
        <translation>Schnitte, die die Datei nennt, fehlen in ihr und sind ausgelassen.</translation>
    </message>
    <message>
        <source>The file holds red, green and blue; their brightness is shown.</source>
        <translation>Die Datei enthält Rot, Grün und Blau; gezeigt wird die Helligkeit.</translation>
    </message>
    <message>
        <source>The colour table of the file is not used; its plain values are shown.</source>
        <translation>Die Farbtabelle der Datei wird nicht benutzt; gezeigt werden die Werte selbst.</translation>
    </message>
    <message>
        <source>The file has %1 values a pixel; the first is shown.</source>
        <translation>Die Datei hat %1 Werte je Pixel; gezeigt wird der erste.</translation>
    </message>
</context>
<context>
    <name>emend::TiffPage</name>
    <message>
        <source>%1 holds colours of a kind that Emend does not read. Convert it to grey, for example in Fiji with Image &gt; Type &gt; 8-bit.</source>
        <translation>%1 enthält Farben einer Art, die Emend nicht liest. Wandeln Sie die Datei in Graustufen um, zum Beispiel in Fiji mit Image &gt; Type &gt; 8-bit.</translation>
    </message>
    <message>
        <source>Section %1 of %2</source>
        <translation>Schnitt %1 von %2</translation>
    </message>
    <message>
        <source>%1 is compressed by a method that Emend does not read. Save it uncompressed or with Deflate (ZIP).</source>
        <translation>%1 ist mit einem Verfahren komprimiert, das Emend nicht liest. Speichern Sie die Datei unkomprimiert oder mit Deflate (ZIP).</translation>
    </message>
</context>
<context>
    <name>emend::TiffStackWriter</name>
    <message>
        <source>There are no probabilities to export. Predict first.</source>
        <translation>Es gibt keine Wahrscheinlichkeiten zum Exportieren. Sagen Sie zuerst vorher.</translation>
    </message>
    <message>
        <source>%1 was not written, because some of its slices are missing. Please try again.</source>
        <translation>%1 wurde nicht geschrieben, weil einige Schnitte fehlen. Versuchen Sie es erneut.</translation>
    </message>
</context>
<context>
    <name>emend::TiffStackWriter::Private</name>
    <message>
        <source>Checking the written file</source>
        <translation>Prüfe die geschriebene Datei</translation>
    </message>
    <message>
        <source>%1 could not be written, perhaps because memory ran short. Close other programs and try again.</source>
        <translation>%1 konnte nicht geschrieben werden, vielleicht weil der Speicher knapp war. Schließen Sie andere Programme, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>%1 was not written, because the disk gave back other pixels than it was given. Choose another disk, and have this one checked.</source>
        <translation>%1 wurde nicht geschrieben, weil der Datenträger andere Pixel zurückgab, als er bekam. Wählen Sie einen anderen Datenträger, und lassen Sie diesen prüfen.</translation>
    </message>
</context>
<context>
    <name>emend::TiffVoxelSize</name>
    <message>
        <source>OME description</source>
        <translation>OME-Beschreibung</translation>
    </message>
    <message>
        <source>ImageJ description</source>
        <translation>ImageJ-Beschreibung</translation>
    </message>
    <message>
        <source>FEI tag</source>
        <translation>FEI-Angabe</translation>
    </message>
    <message>
        <source>Zeiss tag</source>
        <translation>Zeiss-Angabe</translation>
    </message>
    <message>
        <source>TVIPS tag</source>
        <translation>TVIPS-Angabe</translation>
    </message>
    <message>
        <source>Olympus tag</source>
        <translation>Olympus-Angabe</translation>
    </message>
    <message>
        <source>Gatan tag</source>
        <translation>Gatan-Angabe</translation>
    </message>
    <message>
        <source>resolution tag</source>
        <translation>Auflösungsangabe</translation>
    </message>
</context>
<context>
    <name>emend::TiledInference</name>
    <message>
        <source>There is not enough memory to predict with this model. Close other programs, or choose a smaller model.</source>
        <translation>Für dieses Modell reicht der Arbeitsspeicher nicht. Schließen Sie andere Programme oder wählen Sie ein kleineres Modell.</translation>
    </message>
</context>
<context>
    <name>emend::ToolOptions</name>
    <message>
        <source>Radius</source>
        <translation>Radius</translation>
    </message>
    <message>
        <source>Radius in pixels</source>
        <translation>Radius in Pixeln</translation>
    </message>
    <message>
        <source>Radius of the tool: [ and ], or Shift and the wheel</source>
        <translation>Radius des Werkzeugs: [ und ] oder Umschalt und Rad</translation>
    </message>
    <message>
        <source>%L1 px</source>
        <translation>%L1 px</translation>
    </message>
</context>
<context>
    <name>emend::Trainer</name>
    <message>
        <source>Looking at what the model knows</source>
        <translation>Sehe nach, was das Modell schon kann</translation>
    </message>
    <message>
        <source>Looking at what was learned</source>
        <translation>Sehe nach, was gelernt wurde</translation>
    </message>
    <message>
        <source>Beginning again, more carefully</source>
        <translation>Noch einmal von vorn, behutsamer</translation>
    </message>
    <message>
        <source>The model &quot;%1&quot; knows whole slices only and cannot learn from single corrections. Choose another model.</source>
        <translation>Das Modell „%1“ kennt nur ganze Schnitte und kann nicht von einzelnen Korrekturen lernen. Wählen Sie ein anderes Modell.</translation>
    </message>
</context>
<context>
    <name>emend::TrainingLoop</name>
    <message>
        <source>Learning, step %1 of %2</source>
        <translation>Lerne, Schritt %1 von %2</translation>
    </message>
    <message>
        <source>Learning was given up, for its numbers grew beyond all bounds. The model is as it was; look whether the corrections are right, and learn again.</source>
        <translation>Das Lernen wurde aufgegeben, weil seine Zahlen über alle Grenzen wuchsen. Das Modell ist, wie es war; sehen Sie nach, ob die Korrekturen stimmen, und lernen Sie erneut.</translation>
    </message>
</context>
<context>
    <name>emend::ViewLinks</name>
    <message>
        <source>&amp;Undo: %1</source>
        <translation>&amp;Rückgängig: %1</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo: %1</source>
        <translation>&amp;Wiederholen: %1</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>the class</source>
        <translation>die Klasse</translation>
    </message>
    <message>
        <source>Wheel: slices · Ctrl+wheel: zoom · Space: move · H: hide labels</source>
        <translation>Rad: Schnitte · Strg+Rad: Vergrößerung · Leertaste: verschieben · H: Markierungen ausblenden</translation>
    </message>
    <message>
        <source>Paint %1; right button: erase</source>
        <translation>%1 malen; rechte Taste: radieren</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Radieren</translation>
    </message>
    <message>
        <source>Fill with %1; right button: erase</source>
        <translation>Mit %1 füllen; rechte Taste: radieren</translation>
    </message>
    <message>
        <source>Outline %1; Enter: close, Escape: leave</source>
        <translation>%1 umranden; Eingabe: schließen, Esc: verlassen</translation>
    </message>
    <message>
        <source>Typed by hand.</source>
        <translation>Von Hand eingegeben.</translation>
    </message>
    <message>
        <source>The file does not say how large a voxel is. Models work best when they know.</source>
        <translation>Die Datei sagt nicht, wie groß ein Voxel ist. Modelle arbeiten am besten, wenn sie es wissen.</translation>
    </message>
    <message>
        <source>Read from: %1</source>
        <translation>Gelesen aus: %1</translation>
    </message>
</context>
<context>
    <name>emend::VoxelSizeDialog</name>
    <message>
        <source>Voxel size</source>
        <translation>Voxelgröße</translation>
    </message>
    <message>
        <source>Pixel width</source>
        <translation>Pixelbreite</translation>
    </message>
    <message>
        <source>Pixel height</source>
        <translation>Pixelhöhe</translation>
    </message>
    <message>
        <source>Section thickness</source>
        <translation>Schnittdicke</translation>
    </message>
    <message>
        <source> nm</source>
        <translation> nm</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>unbekannt</translation>
    </message>
</context>
<context>
    <name>emend::Work</name>
    <message>
        <source>The network could not be measured (%1). Choose another device, precision or size.</source>
        <translation>Das Netz konnte nicht gemessen werden (%1). Wählen Sie ein anderes Gerät, eine andere Genauigkeit oder Bildgröße.</translation>
    </message>
</context>
<context>
    <name>emend::Workspace</name>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>what it does (key)</comment>
        <translation>%1 (%2)</translation>
    </message>
</context>
</TS>
