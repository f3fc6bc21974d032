<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>OpenProjectJob</name>
    <message numerus="yes">
        <source>%1 has %2 x %3 pixels and %Ln slice(s), the project&apos;s stack %4 x %5 and %6. Choose the stack that the project was made for.</source>
        <translation>
            <numerusform>%1 has %2 x %3 pixels and %Ln slice, the project&apos;s stack %4 x %5 and %6. Choose the stack that the project was made for.</numerusform>
            <numerusform>%1 has %2 x %3 pixels and %Ln slices, the project&apos;s stack %4 x %5 and %6. Choose the stack that the project was made for.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emend::CorrectPanel</name>
    <message numerus="yes">
        <source>%Ln slice(s) confirmed</source>
        <translation>
            <numerusform>%Ln slice confirmed</numerusform>
            <numerusform>%Ln slices confirmed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln partly</source>
        <translation>
            <numerusform>%Ln partly</numerusform>
            <numerusform>%Ln partly</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emend::DamageWatch</name>
    <message numerus="yes">
        <source> and %n more place(s)</source>
        <translation>
            <numerusform> and %n more place</numerusform>
            <numerusform> and %n more places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emend::FileCommands</name>
    <message numerus="yes">
        <source>Exported %Ln file(s) to %1</source>
        <translation>
            <numerusform>Exported %Ln file to %1</numerusform>
            <numerusform>Exported %Ln files to %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emend::JobBar</name>
    <message numerus="yes">
        <source>about %Ln second(s) left</source>
        <translation>
            <numerusform>about %Ln second left</numerusform>
            <numerusform>about %Ln seconds left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln minute(s) left</source>
        <translation>
            <numerusform>about %Ln minute left</numerusform>
            <numerusform>about %Ln minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln hour(s) left</source>
        <translation>
            <numerusform>about %Ln hour left</numerusform>
            <numerusform>about %Ln hours left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emend::ModelsDialog</name>
    <message numerus="yes">
        <source>%1. %Ln step(s), seed %2.</source>
        <translation>
            <numerusform>%1. %Ln step, seed %2.</numerusform>
            <numerusform>%1. %Ln steps, seed %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln model(s) for good?</source>
        <translation>
            <numerusform>Delete %Ln model for good?</numerusform>
            <numerusform>Delete %Ln models for good?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>emend::Session</name>
    <message numerus="yes">
        <source>Brought %Ln tile(s) of labels into %1; lost: %2</source>
        <translation>
            <numerusform>Brought %Ln tile of labels into %1; lost: %2</numerusform>
            <numerusform>Brought %Ln tiles of labels into %1; lost: %2</numerusform>
        </translation>
    </message>
</context>
</TS>
