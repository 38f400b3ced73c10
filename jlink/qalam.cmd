@echo off
rem Starts Qalam: its window, or with arguments a command.
setlocal
for %%i in ("%~dp0..") do set "QALAM_IMAGE=%%~fi"
set QALAM_CACHE=
if exist "%QALAM_IMAGE%\lib\qalam.aot" set QALAM_CACHE="-XX:AOTCache=%QALAM_IMAGE%\lib\qalam.aot"
set ORT_DISABLE_TELEMETRY=1
"%QALAM_IMAGE%\bin\java.exe" "@%QALAM_IMAGE%\lib\qalam.options" ^
  %QALAM_CACHE% ^
  "-Donnxruntime.native.path=%QALAM_IMAGE%\bin" "-Dqalam.models=%QALAM_IMAGE%\models" ^
  -jar "%QALAM_IMAGE%\app\qalam.jar" %*
exit /b %ERRORLEVEL%
