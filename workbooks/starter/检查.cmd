@echo off
rem Double-click while the form is open in WPS, Excel or LibreOffice: runs "xltools live check --exit-zero" on it.
rem All but the last lines is ASCII: cmd reads a file in the code page that is set when it comes to a line.
setlocal
set "PROGRAM=%~dp0xltools.exe"
if not exist "%PROGRAM%" set "PROGRAM=%~dp0xltools\xltools.exe"
if not exist "%PROGRAM%" set "PROGRAM=%LOCALAPPDATA%\xltools\xltools.exe"
if not exist "%PROGRAM%" set "PROGRAM=%ProgramFiles%\xltools\xltools.exe"
if not exist "%PROGRAM%" for %%P in (xltools.exe) do set "PROGRAM=%%~$PATH:P"
if not defined PROGRAM goto missing
"%PROGRAM%" live check --exit-zero
if errorlevel 1 goto wrong
timeout /t 20
exit /b 0
:wrong
pause
exit /b 1
:missing
chcp 65001 >nul
echo 没有找到 xltools.exe 。请把这个文件放回 xltools 文件夹，再双击。 (xltools.exe not found)
pause
exit /b 2
