#!/bin/sh
# A source that shows by its strings what is defined where: in a header of the
# tree, one reached by -I, one by -include, nowhere.

echo '#define GLOBAL 1' > other/opt_global.h
echo '#define INET 1' > opt/opt_inet.h
for side in plain converted; do
	echo '#define HEADER 1' > $side/header.h
	{
		echo '#include "header.h"'
		echo '#include "opt_inet.h"'
		echo '#define TEXT(x) #x'
		echo '#define SHOW(n) const char *n##_is = "is " #n "=" TEXT(n);'
		for name in GLOBAL INET HEADER COMMAND; do
			echo "#ifdef $name"
			echo "#define ${name}_TEXT(x) TEXT(x)"
			echo "const char *s$name = \"$name=\" ${name}_TEXT($name);"
			echo '#endif'
		done
	} > $side/opts.c
	sed -i '/SHOW/d' $side/opts.c
done
