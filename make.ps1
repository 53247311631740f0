# The set-up of Makefile for Windows, in Windows PowerShell 5.1 or newer:
#   powershell -ExecutionPolicy Bypass -File make.ps1 run
#   powershell -ExecutionPolicy Bypass -File make.ps1 test
# Saved as UTF-8 with a byte order mark, without which PowerShell 5.1 does not read Japanese.
param(
    [ValidateSet("run", "test", "setup", "lint", "dist")]
    [string]$Job = "run",
    [Parameter(ValueFromRemainingArguments = $true)]
    [string[]]$Rest = @()
)

$ErrorActionPreference = "Stop"
[Console]::OutputEncoding = [System.Text.Encoding]::UTF8
$env:PYTHONUTF8 = "1"
Set-Location $PSScriptRoot
$Python = Join-Path $PSScriptRoot ".venv\Scripts\python.exe"

function Find-Python {
    foreach ($candidate in @(@("py", "-3.11"), @("py", "-3"), @("python"))) {
        if (-not (Get-Command $candidate[0] -ErrorAction SilentlyContinue)) { continue }
        $before = @($candidate | Select-Object -Skip 1)
        try { & $candidate[0] @before -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>$null } catch { continue }
        if ($LASTEXITCODE -eq 0) { return , $candidate }
    }
    Write-Host "Python 3.11 以上が見つかりません。python.org の Windows 版を「自分だけ」で導入してから、もう一度実行してください。(Python 3.11 or newer is needed.)"
    exit 2
}

# The virtual environment with exactly what the lock file names; a second run does nothing unless the lock has changed.
function Install-Lock([string]$Lock) {
    $stamp = Join-Path $PSScriptRoot ".venv\$Lock.sha256"
    $wanted = (Get-FileHash $Lock -Algorithm SHA256).Hash
    if ((Test-Path $Python) -and (Test-Path $stamp) -and ((Get-Content $stamp) -eq $wanted)) { return }
    if (-not (Test-Path $Python)) {
        $found = Find-Python
        $before = @($found | Select-Object -Skip 1)
        & $found[0] @before -m venv .venv
        if ($LASTEXITCODE -ne 0) { exit 2 }
    }
    Write-Host "ライブラリを準備します: $Lock (Installing the pinned libraries.)"
    & $Python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: --requirement $Lock
    if ($LASTEXITCODE -ne 0) { exit 2 }
    Set-Content $stamp $wanted
}

function Invoke-Python {
    & $Python @args
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

if ($Job -eq "run") { Install-Lock "requirements.lock" } else { Install-Lock "requirements-dev.lock" }

switch ($Job) {
    "run" { Invoke-Python main.py @Rest }
    "test" {
        $env:QT_QPA_PLATFORM = "offscreen"
        Invoke-Python -m pytest --numprocesses 3 --dist loadfile @Rest
    }
    "setup" { Write-Host "準備ができました。(Everything is set up.)" }
    "lint" {
        Invoke-Python -m ruff check .
        Invoke-Python -m ruff format --check .
        Invoke-Python -m mypy
        Invoke-Python -c "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    }
    "dist" {
        Invoke-Python -m PyInstaller --noconfirm --clean --log-level WARN installer.spec
        & "dist\tsunagari\tsunagari-console.exe" --self-test
        exit $LASTEXITCODE
    }
}
