#!/bin/sh
# Makes what the machines of a cell know each other by: `certificates.sh FOLDER NAME=ADDRESS …`, once, anywhere but on a
# machine of the cell. FOLDER/ca.key then signs further machines: keep it away from all of them. Each machine gets
# ca.crt and its own FOLDER/NAME/machine.crt and machine.key. They hold for ten years.
set -eu
umask 077
folder=$1
shift
mkdir -p "$folder"
if [ ! -e "$folder/ca.key" ]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 3650 -subj "/CN=lapor cell" \
        -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign \
        -keyout "$folder/ca.key" -out "$folder/ca.crt" 2>/dev/null
fi
for machine in "$@"; do
    name=${machine%%=*} address=${machine#*=}
    mkdir -p "$folder/$name"
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -subj "/CN=$name" \
        -keyout "$folder/$name/machine.key" -out "$folder/$name/machine.csr" 2>/dev/null
    printf 'subjectAltName=IP:%s,DNS:%s\nextendedKeyUsage=serverAuth,clientAuth\n' "$address" "$name" |
        openssl x509 -req -days 3650 -in "$folder/$name/machine.csr" -CA "$folder/ca.crt" -CAkey "$folder/ca.key" \
            -CAcreateserial -extfile /dev/stdin -out "$folder/$name/machine.crt" 2>/dev/null
    rm "$folder/$name/machine.csr"
    cp "$folder/ca.crt" "$folder/$name/ca.crt"
done
