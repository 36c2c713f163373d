@echo off
rem Runs the command line of Paddock.
rem
rem Environment:
rem   JAVA_HOME                        where Java is looked for before the PATH
rem   JAVA_OPTS, PADDOCK_JAVA_OPTS     options for the JVM, separated by blanks
setlocal DisableDelayedExpansion

set "HOME_OF_PADDOCK=%~dp0.."
set "JAVA=%HOME_OF_PADDOCK%\runtime\bin\java.exe"
if exist "%JAVA%" goto found
if not defined JAVA_HOME goto path
set "JAVA=%JAVA_HOME%\bin\java.exe"
if exist "%JAVA%" goto check
:path
set "JAVA="
for %%J in (java.exe) do set "JAVA=%%~$PATH:J"
if not defined JAVA goto none

:check
rem The version stands in a file of each JDK. Without that file, Java itself says what is wrong.
set "VERSION="
for %%J in ("%JAVA%") do set "RELEASE=%%~dpJ..\release"
if exist "%RELEASE%" for /f "usebackq tokens=1,2 delims==" %%A in ("%RELEASE%") do if "%%A"=="JAVA_VERSION" set "VERSION=%%~B"
for /f "delims=.-+" %%V in ("%VERSION%") do if %%V LSS 21 goto none

:found
rem What runs for hours is worth the second compiler; what runs for a second is not.
set "OPTIONS=-XX:TieredStopAtLevel=1"
if "%~1"=="sim" set "OPTIONS="
if "%~1"=="bench" set "OPTIONS="
if "%~1"=="serve" set "OPTIONS=-Djdk.pollerMode=1 -Dio.netty.leakDetection.level=disabled"
rem The caches of the distribution serve Linux; here the JVM keeps one of its own.
set "ARCHIVE="
if not defined LOCALAPPDATA goto start
if not exist "%LOCALAPPDATA%\paddock" mkdir "%LOCALAPPDATA%\paddock" 2>nul
if exist "%LOCALAPPDATA%\paddock" set ARCHIVE=-XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=%LOCALAPPDATA%\paddock\classes.jsa"
:start
"%JAVA%" -Xlog:disable -XX:+UseSerialGC %OPTIONS% -Dio.netty.jfr.enabled=false %ARCHIVE% %JAVA_OPTS% %PADDOCK_JAVA_OPTS% -jar "%HOME_OF_PADDOCK%\app\paddock.jar" %*
exit /b %ERRORLEVEL%

:none
echo paddock: no Java 21 or newer was found.>&2
echo   Searched: JAVA_HOME and the PATH. Install a JDK, for example from https://adoptium.net, or set JAVA_HOME.>&2
exit /b 3
