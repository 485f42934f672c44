Attribute VB_Name = "xltools_run"
Option Explicit

'Runs a command of xltools on an open workbook and shows what it says. Used by the add-in and by the starter workbook.
'All texts stand in the sheet "texts": VBA reads its sources in the code page of the machine, cells are Unicode.

Public Complained As Boolean 'whether the user has been shown an error since the command was started

Private Const PACKAGED As String = "_internal\base_library.zip" 'lies beside the packaged program, see xltools.spec

Private Const ICON_ERROR As Long = 16
Private Const ICON_QUESTION As Long = 32
Private Const ICON_WARNING As Long = 48
Private Const ICON_NOTE As Long = 64
Private Const OK_AND_CANCEL As Long = 1
Private Const IN_FRONT As Long = 4096
Private Const ANSWER_OK As Long = 1

Private Const VERDICT As Long = 1 'the first line of a check; the rest stands in the sheet that it made
Private Const SCREENFUL As Long = 25

Public Sub RunCheck(ByVal book As Workbook)
    RunOn book, "live check --exit-zero", VERDICT, Say("see_sheet")
End Sub

Public Sub RunScore(ByVal book As Workbook)
    If book Is Nothing Then
        Tell Say("no_book"), ICON_WARNING
    ElseIf Agreed(Replace(Say("score_writes"), "{book}", book.Name)) Then
        RunOn book, "live score", SCREENFUL, Say("not_saved")
    End If
End Sub

Public Sub RunClear(ByVal book As Workbook)
    RunOn book, "live check --clear", SCREENFUL
End Sub

Public Sub RunDoctor()
    RunCommand "doctor", "", SCREENFUL * 2
End Sub

Private Sub RunOn(ByVal book As Workbook, ByVal arguments As String, ByVal lines As Long, Optional ByVal after As String)
    If book Is Nothing Then
        Tell Say("no_book"), ICON_WARNING
    Else
        book.Activate
        RunCommand arguments, book.Name, lines, after
    End If
End Sub

Private Sub RunCommand(ByVal arguments As String, ByVal bookName As String, ByVal lines As Long, Optional ByVal after As String)
    'Shows the first `lines` lines of what the command prints, then `after`; all of it where it did not do its work.
    Dim program As String, resultFile As String, status As Variant
    program = FindProgram()
    If program = "" Then Exit Sub

    Complained = False
    resultFile = OutputFile()
    Application.StatusBar = Say("running")
    On Error GoTo failed
    If IsInterpreter(program) Then
        status = RunPython(PythonLine(arguments, bookName, resultFile), program)
    Else
        If bookName <> "" Then arguments = arguments & " --book """ & bookName & """"
        status = RunFrozenPython(program, arguments & " > """ & resultFile & """")
    End If
    Application.StatusBar = False
    #If Not Mac Then
        If status <> 0 Then lines = SCREENFUL * 2
        ShowOutput resultFile, status, lines, after
    #End If
    Exit Sub

failed:
    Application.StatusBar = False
    Tell Err.Description, ICON_ERROR
End Sub

'--- What is run -------------------------------------------------------------------------------------------------------

Private Function FindProgram() As String
    'The packaged xltools.exe, or a Python that has xltools; "" where there is none, and the user has been told.
    Dim place As Variant, found As String

    found = Setting("xltools_program")
    #If Mac Then
        FindProgram = found
        If found = "" Then FindProgram = "python"
        Exit Function
    #End If

    If found <> "" Then
        found = ExpandEnvironmentStrings(found)
        If FileExists(found) Then
            FindProgram = Runnable(found)
        Else
            Tell Replace(Say("not_there"), "{path}", found), ICON_ERROR
        End If
        Exit Function
    End If

    For Each place In LikelyPlaces()
        If FileExists(place & "\xltools.exe") Then
            FindProgram = Runnable(place & "\xltools.exe")
            Exit Function
        End If
    Next

    FindProgram = AskForProgram()
End Function

Private Function LikelyPlaces() As Collection
    'Beside this file, where the user said once, where it is usually put, and the search path.
    Dim places As New Collection, folder As Variant
    If InStr(ThisWorkbook.Path, "://") = 0 And ThisWorkbook.Path <> "" Then
        places.Add ThisWorkbook.Path
        places.Add ThisWorkbook.Path & "\xltools"
    End If
    folder = GetSetting("xltools", "Excel", "folder", "")
    If folder <> "" Then places.Add folder
    places.Add Environ("LOCALAPPDATA") & "\xltools"
    places.Add Environ("ProgramFiles") & "\xltools"
    For Each folder In Split(Environ("PATH"), ";")
        folder = Trim$(Replace(folder, """", ""))
        If Right$(folder, 1) = "\" Then folder = Left$(folder, Len(folder) - 1)
        If folder <> "" Then places.Add folder
    Next
    Set LikelyPlaces = places
End Function

Private Function AskForProgram() As String
    Dim answer As Variant
    If Not Agreed(Say("where_is_it")) Then Exit Function
    answer = Application.GetOpenFilename("xltools.exe (*.exe),*.exe", , Say("choose_program"))
    If VarType(answer) = vbBoolean Then Exit Function
    SaveSetting "xltools", "Excel", "folder", ParentFolder(answer)
    AskForProgram = Runnable(answer)
End Function

Private Function Runnable(ByVal program As String) As String
    'What pip puts into a folder Scripts cannot be told a workbook from here; the Python that it belongs to can.
    Dim folder As String
    Runnable = program
    If LCase$(Right$(program, 12)) <> "\xltools.exe" Then Exit Function
    folder = ParentFolder(program)
    If FileExists(folder & "\" & PACKAGED) Then Exit Function
    If FileExists(folder & "\python.exe") Then
        Runnable = folder & "\python.exe"
    ElseIf FileExists(ParentFolder(folder) & "\python.exe") Then
        Runnable = ParentFolder(folder) & "\python.exe"
    End If
End Function

Private Function IsInterpreter(ByVal program As String) As Boolean
    #If Mac Then
        IsInterpreter = True 'RunFrozenPython is not there on macOS
    #Else
        IsInterpreter = LCase$(Mid$(program, InStrRev(program, "\") + 1)) Like "python*"
    #End If
End Function

Private Function PythonLine(ByVal arguments As String, ByVal bookName As String, ByVal resultFile As String) As String
    'The command as one line of Python without a double quote, which the command window would take for its own.
    Dim word As Variant, words As String
    For Each word In Split(arguments, " ")
        words = words & PythonText(word) & ","
    Next
    If bookName <> "" Then words = words & "'--book'," & PythonText(bookName)
    PythonLine = "import sys;from xltools.cli import main;"
    If resultFile <> "" Then PythonLine = PythonLine & "sys.stdout=open(" & PythonText(resultFile) & ",'w',encoding='utf-8');"
    PythonLine = PythonLine & "sys.exit(main([" & words & "]))"
End Function

Private Function PythonText(ByVal text As String) As String
    'A text as Python writes it, in plain letters only, so that neither shell nor code page can change it.
    Dim at As Long, code As Long, low As Long
    PythonText = "'"
    at = 1
    Do While at <= Len(text)
        code = AscW(Mid$(text, at, 1)) And &HFFFF&
        If code >= &HD800& And code < &HDC00& And at < Len(text) Then
            low = AscW(Mid$(text, at + 1, 1)) And &HFFFF&
            code = &H10000 + (code - &HD800&) * &H400& + (low - &HDC00&)
            at = at + 1
        End If
        If code < &H80& And Mid$(text, at, 1) Like "[A-Za-z0-9._-]" Then
            PythonText = PythonText & ChrW$(code)
        Else
            PythonText = PythonText & "\U" & Right$("0000000" & Hex$(code), 8)
        End If
        at = at + 1
    Loop
    PythonText = PythonText & "'"
End Function

'--- What is shown -----------------------------------------------------------------------------------------------------

Private Function OutputFile() As String
    #If Not Mac Then
        OutputFile = Environ("Temp") & "\xltools-" & CreateGUID() & ".txt"
    #End If
End Function

Private Sub ShowOutput(ByVal resultFile As String, ByVal status As Variant, ByVal lines As Long, ByVal after As String)
    Dim text As String
    If FileExists(resultFile) Then
        text = FirstLines(ReadUtf8(resultFile), lines)
        On Error Resume Next
        Kill resultFile
        On Error GoTo 0
    End If
    If text <> "" Then
        If status = 0 And after <> "" Then text = text & vbLf & vbLf & after
        Tell text, ICON_NOTE
    ElseIf status <> 0 And Not Complained Then
        Tell Say("failed"), ICON_ERROR
    End If
End Sub

Private Function FirstLines(ByVal text As String, ByVal lines As Long) As String
    Dim parts As Variant, at As Long
    parts = Split(Trim$(Replace(text, vbCr, "")), vbLf)
    For at = 0 To UBound(parts)
        If at = lines Then
            If lines > VERDICT Then FirstLines = FirstLines & vbLf & ChrW$(&H2026)
            Exit For
        End If
        If at > 0 Then FirstLines = FirstLines & vbLf
        FirstLines = FirstLines & parts(at)
    Next
    Do While Right$(FirstLines, 1) = vbLf
        FirstLines = Left$(FirstLines, Len(FirstLines) - 1)
    Loop
End Function

Public Function ReadUtf8(ByVal path As String) As String
    Dim stream As Object
    Set stream = CreateObject("ADODB.Stream")
    stream.Type = 2
    stream.Charset = "utf-8"
    stream.Open
    stream.LoadFromFile path
    ReadUtf8 = stream.ReadText
    stream.Close
End Function

Public Sub Tell(ByVal text As String, ByVal icon As Long)
    #If Mac Then
        MsgBox text, icon, Say("title")
    #Else
        'VBA's own MsgBox shows only the letters of the machine's code page.
        WScript.Popup text, 0, Say("title"), icon + IN_FRONT
    #End If
End Sub

Public Function Agreed(ByVal question As String) As Boolean
    #If Mac Then
        Agreed = (MsgBox(question, OK_AND_CANCEL + ICON_QUESTION, Say("title")) = ANSWER_OK)
    #Else
        Agreed = (WScript.Popup(question, 0, Say("title"), OK_AND_CANCEL + ICON_QUESTION + IN_FRONT) = ANSWER_OK)
    #End If
End Function

Public Function Say(ByVal key As String) As String
    'A text in the user's language: Chinese, or English where XLTOOLS_LANG asks for it.
    Dim place As Variant, column As Long
    column = 2
    If LCase$(Left$(Environ("XLTOOLS_LANG"), 2)) = "en" Then column = 3
    With ThisWorkbook.Worksheets("texts")
        place = Application.Match(key, .Range("A1:A100"), 0)
        If IsError(place) Then
            Say = key
        Else
            Say = .Cells(place, column).Value
        End If
    End With
End Function

Public Function Setting(ByVal key As String) As String
    'What the settings sheet of this file says; "" where it says nothing or there is no such sheet.
    On Error Resume Next
    Setting = Trim$(CStr(ThisWorkbook.Names(key).RefersToRange.Value))
    On Error GoTo 0
End Function
